package org.anfinsen.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ClockWatch watch = new ClockWatch();

    private boolean judges(Instant time, double seconds) {
        return watch.judges(time, Long.MAX_VALUE - 10_000_000_000L + (long) (1e9 * seconds), LEASE);
    }

    @Test
    void judgesWhileTheClocksGoTogether() {
        assertThat(judges(NOON, 0)).isTrue();
        assertThat(judges(NOON.plusSeconds(1), 1)).isTrue();
        assertThat(judges(NOON.plusSeconds(3605), 3601)).as("4 s ahead").isTrue();
    }

    @Test
    void waitsForOneLeaseAfterAJumpForward() {
        assertThat(judges(NOON, 0)).isTrue();
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        assertThat(judges(tomorrow.plusSeconds(1), 1)).isFalse();
        assertThat(judges(tomorrow.plusSeconds(30), 30)).isFalse();
        assertThat(judges(tomorrow.plusSeconds(31), 31)).isTrue();
    }

    @Test
    void judgesOnAfterAJumpBack() {
        assertThat(judges(NOON, 0)).isTrue();
        assertThat(judges(NOON.minusSeconds(86_400), 1)).isTrue();
        assertThat(judges(NOON.minusSeconds(86_399), 2)).isTrue();
    }
}
