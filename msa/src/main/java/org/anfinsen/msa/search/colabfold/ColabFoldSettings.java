package org.anfinsen.msa.search.colabfold;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to ask a ColabFold server.
 *
 * @param mode           {@code env} (UniRef and environmental sequences), {@code all} (UniRef only), each with
 *                       {@code -nofilter} or not; tokens of the protocol
 * @param userAgent      who asks; servers want to know
 * @param requestTimeout time for one request
 * @param retries        further tries of a request that got no answer or a server error
 * @param pause          time between tries and between questions after a ticket's state
 * @param timeout        time for the whole search, waiting in the server's queue included
 * @param bytesMax       bytes of the result, unpacked
 * @throws IllegalArgumentException if the mode has other characters, the user agent is blank or a number is not positive
 */
public record ColabFoldSettings(
        String mode,
        String userAgent,
        Duration requestTimeout,
        int retries,
        Duration pause,
        Duration timeout,
        long bytesMax) {

    private static final Pattern MODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public ColabFoldSettings {
        if (!MODE.matcher(mode).matches() || userAgent.isBlank()) {
            throw new IllegalArgumentException("mode '" + mode + "', user agent '" + userAgent + "'");
        }
        if (!requestTimeout.isPositive()
                || !timeout.isPositive()
                || pause.isNegative()
                || retries < 0
                || bytesMax < 1) {
            throw new IllegalArgumentException("request timeout " + requestTimeout + ", timeout " + timeout + ", pause "
                    + pause + ", " + retries + " retries, " + bytesMax + " bytes");
        }
    }

    /** UniRef and environmental sequences, six-second pauses as servers ask for, an hour, 1 GiB. */
    public static ColabFoldSettings defaults(String userAgent) {
        return new ColabFoldSettings(
                "env", userAgent, Duration.ofSeconds(30), 5, Duration.ofSeconds(6), Duration.ofHours(1), 1L << 30);
    }
}
