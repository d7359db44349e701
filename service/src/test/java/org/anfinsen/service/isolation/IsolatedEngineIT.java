package org.anfinsen.service.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.Predictor.PredictionFailedException;
import org.anfinsen.pipeline.job.Predictor.PredictorLostException;
import org.anfinsen.service.engine.ModelEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Ends the network's process in the ways it may end, and sees that the service goes on. */
@Timeout(240)
class IsolatedEngineIT {

    private static final Predictor.Monitor NOBODY = (state, progress) -> {};

    private final List<IsolatedEngine> engines = new ArrayList<>();

    private IsolatedEngine open(IsolatedEngine engine) {
        engines.add(engine);
        return engine;
    }

    @AfterEach
    void close() {
        engines.forEach(IsolatedEngine::close);
    }

    @Test
    void givesTheSameBytesAsWithinTheServiceAlsoWhenItSparesMemory() throws Exception {
        IsolatedEngine engine = open(Isolated.engine("-Xmx1g"));
        Follower ordinary = new Follower(false);
        Follower sparing = new Follower(true);
        PredictionResult direct;
        try (ModelEngine within = ModelEngine.open(
                Isolated.PLACES,
                Isolated.settings(List.of(), DataSize.ofBytes(0), Duration.ofHours(1)),
                Isolated.SEARCHING,
                "test")) {
            direct = within.predictor().predict(Isolated.SHORT, new Follower(false));
        }

        assertSame(engine.predictor().predict(Isolated.SHORT, ordinary), direct);
        assertThat(engine.predictor().warmModels()).containsExactly("anfinsen-1");
        List<Long> before = engine.processes();
        assertSame(engine.predictor().predict(Isolated.SHORT, ordinary), direct);
        assertThat(engine.processes()).as("the process stays for the next one").isEqualTo(before);
        assertSame(engine.predictor().predict(Isolated.SHORT, sparing), direct);
        assertThat(engine.processes()).as("that was one of its own").isEmpty();
        assertThat(ordinary.told).startsWith(PredictionState.SEARCHING).endsWith(PredictionState.WRITING);
        assertThat(engine.details()).containsKeys("runtime", "provider", "model_version");
        assertThat(engine.usage().loads()).isEqualTo(3);
    }

    private static void assertSame(PredictionResult result, PredictionResult expected) {
        assertThat(result.summary()).containsExactlyEntriesOf(expected.summary());
        for (int i = 0; i < expected.artifacts().size(); i++) {
            Artifact artifact = expected.artifacts().get(i);
            assertThat(result.artifacts().get(i).name()).isEqualTo(artifact.name());
            if (artifact.name().startsWith("plots/")) {
                // How Java draws the letters of a picture depends on the properties that a process is started with.
                continue;
            }
            assertThat(result.artifacts().get(i).content()).as(artifact.name()).isEqualTo(artifact.content());
        }
        assertThat(result.artifacts()).hasSameSizeAs(expected.artifacts());
    }

    @Test
    void tellsAKilledProcessFromOneThatCrashedAndTakesAnother() throws Exception {
        IsolatedEngine engine = open(Isolated.engine("-Xmx1g"));

        PredictorLostException killed = whileItPredicts(engine, "KILL");
        assertThat(killed.failure().code()).isEqualTo("network-killed");
        assertThat(killed.failure().message()).contains("315 residues", "was killed", "memory");

        PredictorLostException crashed = whileItPredicts(engine, "SEGV");
        assertThat(crashed.failure().code()).isEqualTo("network-crashed");
        assertThat(crashed.failure().message()).contains("SIGSEGV");
        assertThat(Isolated.PLACES.dataDirectory().resolve("crashes")).isDirectoryContaining("glob:**hs_err_pid*.log");

        assertThat(engine.processes()).isEmpty();
        assertThat(engine.predictor().predict(Isolated.SHORT, NOBODY).artifacts())
                .isNotEmpty();
    }

    private static PredictorLostException whileItPredicts(IsolatedEngine engine, String signal) {
        return catchThrowableOfType(
                PredictorLostException.class,
                () -> engine.predictor().predict(Isolated.LONG, (state, progress) -> {
                    if (state == PredictionState.PREDICTING) {
                        Isolated.signal(signal, engine.processes().getFirst());
                    }
                }));
    }

    @Test
    void saysThatMemoryRanOut() throws Exception {
        IsolatedEngine engine = open(Isolated.engine("-Xmx60m"));
        NewPrediction large = Isolated.request("large", Isolated.VILLIN.repeat(20), 0);
        PredictorLostException lost = catchThrowableOfType(
                PredictorLostException.class, () -> engine.predictor().predict(large, NOBODY));

        assertThat(lost.failure().code()).isEqualTo("out-of-memory");
        assertThat(lost.failure().message()).contains("700 residues");
        assertThat(engine.processes()).isEmpty();
    }

    @Test
    void endsAProcessThatTakesMoreMemoryOrTimeThanItMay() throws Exception {
        IsolatedEngine small = open(Isolated.engine(List.of("-Xmx1g"), DataSize.ofMegabytes(60), Duration.ofHours(1)));
        assertThat(catchThrowableOfType(
                                PredictorLostException.class,
                                () -> small.predictor().predict(Isolated.LONG, NOBODY))
                        .failure()
                        .message())
                .contains("GiB of memory, limit 0.06 GiB");
        assertThat(small.processes()).isEmpty();

        IsolatedEngine quick = open(Isolated.engine(List.of("-Xmx1g"), DataSize.ofBytes(0), Duration.ofMillis(600)));
        assertThat(catchThrowableOfType(
                                PredictionFailedException.class,
                                () -> quick.predictor().predict(Isolated.LONG, NOBODY))
                        .failure()
                        .code())
                .isEqualTo("time-limit");
    }

    @Test
    void stopsInTheMiddleOfAPassWithinSecondsAndKeepsAProcessThatObeys() throws Exception {
        IsolatedEngine engine = open(Isolated.engine("-Xmx1g"));
        IllegalStateException cancelled = new IllegalStateException("cancelled");
        AtomicReference<@Nullable Long> since = new AtomicReference<>();
        Predictor.Monitor cancelling = new Predictor.Monitor() {
            @Override
            public void reached(PredictionState state, @Nullable PredictionProgress progress) {
                if (state == PredictionState.PREDICTING) {
                    since.compareAndSet(null, System.nanoTime());
                }
            }

            @Override
            public void check() {
                if (since.get() != null) {
                    throw cancelled;
                }
            }
        };
        assertThat(catchThrowableOfType(
                        IllegalStateException.class, () -> engine.predictor().predict(Isolated.LONG, cancelling)))
                .isSameAs(cancelled);
        Long began = since.get();
        assertThat(began).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - (began == null ? 0 : began)))
                .isLessThan(Duration.ofSeconds(6));

        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> engine.predictor().predict(Isolated.SHORT, (state, progress) -> {
                            if (state == PredictionState.FEATURISING) {
                                throw cancelled;
                            }
                        })))
                .isSameAs(cancelled);
        List<Long> before = engine.processes();
        assertThat(engine.predictor().predict(Isolated.SHORT, NOBODY).artifacts())
                .isNotEmpty();
        assertThat(engine.processes()).isEqualTo(before).hasSize(1);
    }

    @Test
    void leavesNoProcessBehindWhenTheServiceIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Danfinsen.root=" + System.getProperty("anfinsen.root"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            long child = child(holder.inputReader(StandardCharsets.UTF_8));
            assertThat(isAlive(child)).isTrue();
            holder.destroyForcibly().waitFor();

            // Where nobody collects orphans, what has ended keeps its number, but no command.
            for (int tries = 0; tries < 100 && isAlive(child); tries++) {
                Thread.sleep(100);
            }
            assertThat(isAlive(child)).isFalse();
        } finally {
            holder.destroyForcibly();
        }
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }

    private static long child(BufferedReader output) throws Exception {
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            if (line.startsWith(Holder.CHILD)) {
                return Long.parseLong(line.substring(Holder.CHILD.length()));
            }
        }
        throw new AssertionError(seen.stream().collect(Collectors.joining("\n")));
    }

    /** Notes the states. */
    private static final class Follower implements Predictor.Monitor {

        private final List<PredictionState> told = new ArrayList<>();
        private final boolean sparing;

        Follower(boolean sparing) {
            this.sparing = sparing;
        }

        @Override
        public void reached(PredictionState state, @Nullable PredictionProgress progress) {
            told.add(state);
        }

        @Override
        public boolean sparing() {
            return sparing;
        }
    }
}
