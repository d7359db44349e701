package org.anfinsen.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void isTheOneThatStandardWebhooksPublishes() {
        String signature = WebhookSignature.of(
                SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void spellsASecretAsItsLibrariesTakeIt() {
        assertThat(WebhookSignature.spelling(SECRET)).isEqualTo("whsec_" + SECRET);
    }
}
