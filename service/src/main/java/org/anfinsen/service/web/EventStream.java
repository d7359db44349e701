package org.anfinsen.service.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The events of one job on their way to one caller, in the calling thread. */
final class EventStream {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(6);

    private final UUID job;
    private final PredictionStore store;
    private final JsonMapper json;
    private final OutputStream out;
    private final BooleanSupplier closing;
    private @Nullable PredictionState lastState;

    /** @param closing true once the service is about to stop */
    EventStream(UUID job, PredictionStore store, JsonMapper json, OutputStream out, BooleanSupplier closing) {
        this.job = job;
        this.store = store;
        this.json = json;
        this.out = out;
        this.closing = closing;
    }

    /** What a caller sees of an event. */
    record EventView(
            UUID job,
            String state,
            JobView.@Nullable ProgressView progress,
            Instant time,
            @Nullable String detail) {

        static EventView of(PredictionEvent event) {
            return new EventView(
                    event.job(),
                    event.state().spelling(),
                    JobView.ProgressView.of(event.progress()),
                    event.time(),
                    event.detail());
        }
    }

    /**
     * Sends all events after a sequence number until the job has ended or was removed, the service stops, or six hours
     * are over; the caller's client then connects again.
     *
     * @throws IOException if the caller has gone away
     */
    void run(PredictionSignals signals, long after) throws IOException {
        Semaphore wake = new Semaphore(0);
        PredictionSignals.Subscription subscription = signals.subscribe(new Waker(wake));
        try {
            send("retry: 2000\n\n");
            long lastSent = System.nanoTime();
            long end = lastSent + LONGEST.toNanos();
            long sequenceNumber = after;
            while (System.nanoTime() < end && !closing.getAsBoolean()) {
                for (PredictionEvent event : store.events(job, sequenceNumber)) {
                    sequenceNumber = event.sequenceNumber();
                    send(event);
                    lastSent = System.nanoTime();
                    if (event.state().isFinal()) {
                        return;
                    }
                }
                if (System.nanoTime() - lastSent >= HEARTBEAT.toNanos()) {
                    if (store.find(job).isEmpty()) {
                        return;
                    }
                    send(": still here\n\n");
                    lastSent = System.nanoTime();
                }
                await(wake);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.close();
        }
    }

    private static void await(Semaphore wake) throws InterruptedException {
        if (wake.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private void send(PredictionEvent event) throws IOException {
        boolean moved = event.state() != lastState || event.progress() == null;
        lastState = event.state();
        send("id: " + event.sequenceNumber() + "\nevent: " + (moved ? "state" : "progress") + "\ndata: "
                + json.writeValueAsString(EventView.of(event)) + "\n\n");
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private final class Waker implements PredictionSignals.Listener {
        private final Semaphore wake;

        Waker(Semaphore wake) {
            this.wake = wake;
        }

        @Override
        public void changed(UUID changed, PredictionState state) {
            if (changed.equals(job)) {
                wake.release();
            }
        }

        @Override
        public void missed() {
            wake.release();
        }
    }
}
