package org.anfinsen.service.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.anfinsen.service.settings.AccessSettings;
import org.jspecify.annotations.Nullable;

/**
 * Whether callers must say who they are.
 *
 * @param open true if everyone who reaches the service may do everything
 */
record AccessMode(boolean open) {

    /** @param address what the service binds to; null for all addresses of the machine */
    static AccessMode of(AccessSettings settings, @Nullable String address) {
        return new AccessMode(!settings.required() && isLoopback(address));
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
