package org.anfinsen.service.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.engine.Engine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Meters of what is there at the moment: jobs in each state ({@code anfinsen.jobs}), networks in memory
 * ({@code anfinsen.models.loaded}) and how often one that was asked for was there or had to be loaded
 * ({@code anfinsen.models.borrowed}).
 */
@Component
final class ServiceMeters implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMeters.class);
    private static final Duration COUNTS_AGE_MAX = Duration.ofSeconds(5);

    private final PredictionStore store;
    private final Engine engine;
    private @Nullable Map<PredictionState, Long> counts;
    private long countedAt;

    ServiceMeters(PredictionStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (PredictionState state : PredictionState.values()) {
            Gauge.builder("anfinsen.jobs", () -> count(state))
                    .description("Jobs in each state; those queued are the queue's length")
                    .tag("state", state.spelling())
                    .register(meters);
        }
        Gauge.builder("anfinsen.models.loaded", () -> engine.usage().loaded().size())
                .description("Networks in memory")
                .register(meters);
        FunctionCounter.builder(
                        "anfinsen.models.borrowed", engine, it -> it.usage().hits())
                .description("Networks taken for a prediction, by whether they were in memory")
                .tag("warm", "true")
                .register(meters);
        FunctionCounter.builder(
                        "anfinsen.models.borrowed", engine, it -> it.usage().loads())
                .tag("warm", "false")
                .register(meters);
    }

    /** All gauges of one scrape share a look at the store; without the store they have no value. */
    private synchronized double count(PredictionState state) {
        if (counts == null || System.nanoTime() - countedAt > COUNTS_AGE_MAX.toNanos()) {
            countedAt = System.nanoTime();
            try {
                counts = store.counts();
            } catch (RuntimeException e) {
                LOG.debug("Jobs cannot be counted: {}", e.getMessage());
                counts = Map.of();
            }
        }
        Long count = counts.get(state);
        return count == null ? Double.NaN : count;
    }
}
