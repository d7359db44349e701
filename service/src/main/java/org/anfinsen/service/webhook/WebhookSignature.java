package org.anfinsen.service.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks 1.0 has it: HMAC-SHA256 over id, time and body, so that a receiver knows the sender
 * and refuses what somebody sends again later.
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    private static final String SECRET_PREFIX = "whsec_";

    private WebhookSignature() {}

    /** A secret as the libraries of Standard Webhooks take it. */
    static String spelling(String secret) {
        return SECRET_PREFIX + secret;
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param secret base64
     * @param time   its seconds are those in {@code webhook-timestamp}
     */
    static String of(String secret, String id, Instant time, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), ALGORITHM));
            String signed = id + "." + time.getEpochSecond() + "." + body;
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
