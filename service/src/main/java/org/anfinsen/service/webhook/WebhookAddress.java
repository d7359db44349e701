package org.anfinsen.service.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;

/** Reads the address that comes with a submission. Where its name leads is looked at when it is called. */
final class WebhookAddress {

    private static final int LENGTH_MAX = 2000;
    private static final String FIELD = "webhook";

    private WebhookAddress() {}

    /**
     * An address that messages may be sent to.
     *
     * @param privateAddresses whether addresses inside the network, and unencrypted ones, are allowed
     * @throws ProblemException if it may not
     */
    static URI parse(String text, boolean privateAddresses) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("this is no address");
        }
        String host = url.getHost();
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (text.length() > LENGTH_MAX || host == null) {
            throw refused(host == null ? "an address without a host" : text.length() + " characters");
        }
        if (!scheme.equals("https") && !(privateAddresses && scheme.equals("http"))) {
            throw refused("the scheme '" + scheme + "'");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw refused("an address with a password or a fragment in it");
        }
        if (!privateAddresses && isPrivate(host)) {
            throw refused("the address of a private network");
        }
        return url;
    }

    /** Of the hosts that need no question to a name server. */
    private static boolean isPrivate(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (name.equals("localhost") || name.endsWith(".localhost") || !name.matches(".*[.:].*")) {
            return true;
        }
        try {
            return !PublicAddresses.isPublic(InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", "")));
        } catch (IllegalArgumentException e) {
            return false; // A name.
        }
    }

    private static ProblemException refused(String found) {
        InputError error = InputError.ofField(
                "invalid-webhook",
                FIELD,
                found,
                "Give an https address of a public host, at most " + LENGTH_MAX + " characters");
        return new ProblemException(Problem.INVALID_OPTION, error.message(), List.of(error));
    }
}
