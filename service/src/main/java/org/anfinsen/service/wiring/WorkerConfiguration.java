package org.anfinsen.service.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionWorker;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.monitoring.MeasuredPredictor;
import org.anfinsen.service.settings.WorkerSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who works on the jobs, in this process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "anfinsen.worker.enabled", matchIfMissing = true)
class WorkerConfiguration {

    /** No longer than a job is left to the worker that has its model in memory. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    @Bean(initMethod = "start")
    PredictionWorker predictionWorker(
            PredictionStore store,
            PredictionSignals signals,
            Engine engine,
            WorkerSettings settings,
            MeterRegistry meters,
            ObservationRegistry observations) {
        return new PredictionWorker(
                store,
                signals,
                new MeasuredPredictor(engine.predictor(), meters, observations),
                new PredictionWorker.Settings(
                        processName(), settings.concurrency(), settings.lease(), POLL_INTERVAL, settings.grace()));
    }

    /** Such as {@code 4711@fold1}. */
    private static String processName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        return ProcessHandle.current().pid() + "@" + host;
    }
}
