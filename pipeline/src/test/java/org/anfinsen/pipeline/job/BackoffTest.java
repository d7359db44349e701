package org.anfinsen.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void growsToItsLimitAndStartsAgainAfterASuccess() {
        Backoff backoff = new Backoff();

        assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(backoff.next()).isGreaterThanOrEqualTo(Duration.ofMillis(2500));
        backoff.succeeded();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
