package org.anfinsen.service.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {

    private final Turns turns = new Turns();

    private CompletableFuture<Void> begin(boolean alone) {
        return CompletableFuture.runAsync(() -> turns.begin(alone, () -> {}), Thread::startVirtualThread);
    }

    private static void assertWaits(CompletableFuture<Void> turn) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(100));
        assertThat(turn).isNotDone();
    }

    @Test
    void letsSeveralWorkAtATimeOrOneAlone() throws InterruptedException {
        begin(false).join();
        begin(false).join();
        CompletableFuture<Void> alone = begin(true);
        assertWaits(alone);
        CompletableFuture<Void> late = begin(false);
        assertWaits(late);
        turns.end();
        assertWaits(alone);

        turns.end();
        alone.join();
        assertWaits(late);

        turns.end();
        late.join();
    }

    @Test
    void whoeverGivesUpTheWaitToBeAloneHoldsNobodyUp() {
        begin(false).join();

        assertThatThrownBy(() -> turns.begin(true, () -> {
                    throw new IllegalStateException("cancelled");
                }))
                .hasMessage("cancelled");
        begin(false).join();
    }
}
