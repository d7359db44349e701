package org.anfinsen.service.monitoring;

import java.time.Duration;
import org.anfinsen.service.engine.Engine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Up if the standard model can be loaded, which includes that its package is undamaged. Asks again only after a while: a
 * damaged package takes as long to be found damaged as a good one to be loaded.
 */
@Component
final class ModelHealthIndicator implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ModelHealthIndicator.class);
    private static final Duration AGE_MAX = Duration.ofSeconds(15);

    private final Engine engine;
    private @Nullable Health last;
    private long lookedAt;

    ModelHealthIndicator(Engine engine) {
        this.engine = engine;
    }

    @Override
    public synchronized Health health() {
        if (last == null || System.nanoTime() - lookedAt > AGE_MAX.toNanos()) {
            last = look();
            lookedAt = System.nanoTime();
        }
        return last;
    }

    private Health look() {
        try {
            return Health.up().withDetails(engine.details()).build();
        } catch (RuntimeException e) {
            LOG.error("The standard model cannot be used: {}", e.getMessage());
            return Health.down()
                    .withDetail("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
