package org.anfinsen.service.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds the addresses of a host among those that anyone on the internet reaches, so that no caller has the service knock at
 * doors inside its own network. It is asked when a connection is made: a name that changes its address between a check and
 * the connection gains nothing.
 */
final class PublicAddresses implements DnsResolver {

    /** Blocks of IANA's special-purpose registries that Java has no question for; also whatever wraps an IPv4 address. */
    private static final List<Block> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "fc00::/7")
            .map(Block::parse)
            .toList();

    /** All addresses of a size that begin with the same bits. */
    private record Block(int size, BigInteger start, int freeBits) {

        static Block parse(String text) {
            String[] parts = text.split("/", 2);
            int bits = Integer.parseInt(parts[1]);
            byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
            int freeBits = Byte.SIZE * address.length - bits;
            return new Block(address.length, new BigInteger(1, address).shiftRight(freeBits), freeBits);
        }

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            return bytes.length == size
                    && new BigInteger(1, bytes).shiftRight(freeBits).equals(start);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        InetAddress[] open =
                Arrays.stream(found).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
        if (open.length == 0) {
            throw new UnknownHostException(host + " has no public address");
        }
        return open;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** True if the address is anyone's to reach. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return SPECIAL.stream().noneMatch(block -> block.contains(address));
    }
}
