package org.anfinsen.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakeUpTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final WakeUp wakeUp = new WakeUp();

    @Test
    void doesNotLoseASignalBetweenALookAndARest() throws InterruptedException {
        long seen = wakeUp.signals();
        wakeUp.changed(UUID.randomUUID(), PredictionState.QUEUED);

        wakeUp.rest(seen, LONG);

        assertThat(wakeUp.signals()).isNotEqualTo(seen);
    }

    @Test
    void wakesEveryThreadThatRests() throws InterruptedException {
        long seen = wakeUp.signals();
        Thread first = Thread.ofPlatform().start(() -> rest(seen));
        Thread second = Thread.ofPlatform().start(() -> rest(seen));

        wakeUp.missed();

        first.join();
        second.join();
        assertThat(first.isAlive() || second.isAlive()).isFalse();
    }

    @Test
    void restsOnWhenAJobOnlyMovesOn() throws InterruptedException {
        long seen = wakeUp.signals();
        wakeUp.changed(UUID.randomUUID(), PredictionState.PREDICTING);

        wakeUp.rest(seen, Duration.ofMillis(20));

        assertThat(wakeUp.signals()).isEqualTo(seen);
    }

    private void rest(long seen) {
        try {
            wakeUp.rest(seen, LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
