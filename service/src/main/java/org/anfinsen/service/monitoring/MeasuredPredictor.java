package org.anfinsen.service.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Times another predictor: the whole prediction ({@code anfinsen.prediction}), each stage ({@code anfinsen.stage}), each
 * pass of the network ({@code anfinsen.network.pass}), and counts residues ({@code anfinsen.predicted.residues}). The first
 * two are observations: where tracing is on they are spans too, which carry the job's id.
 */
public final class MeasuredPredictor implements Predictor {

    private final Predictor predictor;
    private final MeterRegistry meters;
    private final ObservationRegistry observations;

    public MeasuredPredictor(Predictor predictor, MeterRegistry meters, ObservationRegistry observations) {
        this.predictor = predictor;
        this.meters = meters;
        this.observations = observations;
    }

    @Override
    public Set<String> warmModels() {
        return predictor.warmModels();
    }

    @Override
    public PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException {
        String model = request.options().model();
        Observation whole = Observation.createNotStarted("anfinsen.prediction", observations)
                .lowCardinalityKeyValue("model", model)
                .highCardinalityKeyValue("job", String.valueOf(MDC.get("job")))
                .start();
        Stages stages = new Stages(monitor, model);
        String outcome = "stopped";
        Observation.Scope scope = whole.openScope();
        try {
            PredictionResult result = predictor.predict(request, stages);
            outcome = "done";
            Counter.builder("anfinsen.predicted.residues")
                    .description("Residues of finished predictions")
                    .tag("model", model)
                    .register(meters)
                    .increment(request.sequence().length());
            return result;
        } catch (PredictionFailedException e) {
            outcome = e.failure().code();
            whole.error(e);
            throw e;
        } catch (Error e) {
            outcome = "error";
            whole.error(e);
            throw e;
        } finally {
            stages.end();
            scope.close();
            whole.lowCardinalityKeyValue("outcome", outcome).stop();
        }
    }

    /** Ends a stage's observation where the next one begins. */
    private final class Stages implements Monitor {

        private final Monitor monitor;
        private final String model;
        private @Nullable PredictionState state;
        private @Nullable Observation stage;
        private long passStart;

        Stages(Monitor monitor, String model) {
            this.monitor = monitor;
            this.model = model;
        }

        @Override
        public void reached(PredictionState reached, @Nullable PredictionProgress progress) {
            if (reached != state) {
                end();
                state = reached;
                stage = Observation.start("anfinsen.stage", observations)
                        .lowCardinalityKeyValue("stage", reached.spelling());
                passStart = System.nanoTime();
            }
            if (progress != null && progress.cycle() > 0) {
                pass();
            }
            monitor.reached(reached, progress);
        }

        @Override
        public void check() {
            monitor.check();
        }

        @Override
        public boolean sparing() {
            return monitor.sparing();
        }

        private void pass() {
            long now = System.nanoTime();
            Timer.builder("anfinsen.network.pass")
                    .description("One pass of the network")
                    .tag("model", model)
                    .register(meters)
                    .record(now - passStart, TimeUnit.NANOSECONDS);
            passStart = now;
        }

        void end() {
            if (stage != null) {
                stage.stop();
                stage = null;
            }
        }
    }
}
