package org.anfinsen.service.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.isolation.Frames.Frame;
import org.anfinsen.service.isolation.Frames.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The child of a service that predicts: one prediction after another. It ends with the service, in the middle of a pass too:
 * its standard input ends then.
 */
public final class PredictingChild {

    /** The command of the program under which it runs. */
    public static final String COMMAND = "predicting-child";

    private final Frames frames;
    private final BlockingQueue<Frame> tasks = new LinkedBlockingQueue<>();
    private volatile int stopped;

    private PredictingChild(Frames frames) {
        this.frames = frames;
    }

    /** Serves the process that started this one over standard input and output. Does not return while that lives. */
    public static void run() throws InterruptedException, IOException {
        PredictingChild child = new PredictingChild(new Frames(
                new BufferedInputStream(System.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))));
        // Whatever else is printed must not come between the frames.
        System.setOut(new PrintStream(System.err, true, System.err.charset()));
        beFirstToGo();
        Thread.ofPlatform().daemon().name("service").start(child::listen);
        Messages.Opening opening = child.tasks.take().as(Messages.Opening.class);
        try (Engine engine =
                ModelEngine.open(opening.places(), opening.prediction(), opening.searching(), opening.version())) {
            while (true) {
                child.work(engine, child.tasks.take());
            }
        }
    }

    private void listen() {
        try {
            Optional<Frame> frame = frames.read();
            while (frame.isPresent()) {
                if (frame.get().kind() == Kind.STOP) {
                    stopped = frame.get().as(Messages.Stop.class).number();
                } else {
                    tasks.add(frame.get());
                }
                frame = frames.read();
            }
        } catch (IOException e) {
            System.err.println("The service cannot be understood: " + e.getMessage());
        }
        // Whatever else this process does, nobody waits for it. Programs that it has started would go on alone.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }

    private void work(Engine engine, Frame frame) throws IOException {
        switch (frame.kind()) {
            case DESCRIBE -> describe(engine);
            case PREDICT -> predict(engine, frame.as(Messages.Task.class));
            case OPEN, STOP, DESCRIBED, REACHED, DONE, FAILED, LOST, BROKEN, STOPPED ->
                throw new IOException("the service speaks out of turn");
        }
    }

    private void describe(Engine engine) throws IOException {
        try {
            frames.write(Kind.DESCRIBED, new Messages.Description(engine.details(), engine.usage()));
        } catch (RuntimeException e) {
            frames.write(Kind.BROKEN, new Messages.Broken(String.valueOf(e.getMessage()), trace(e)));
        }
    }

    private void predict(Engine engine, Messages.Task task) throws IOException {
        try {
            PredictionResult result = engine.predictor().predict(task.request(), new Reporter(engine, task));
            List<Messages.Label> labels = result.artifacts().stream()
                    .map(artifact -> new Messages.Label(artifact.name(), artifact.mediaType()))
                    .toList();
            frames.write(
                    Kind.DONE,
                    new Messages.Done(result.summary(), labels),
                    result.artifacts().stream().map(Artifact::content).toList());
        } catch (Predictor.PredictionFailedException e) {
            frames.write(Kind.FAILED, e.failure());
        } catch (Predictor.PredictorLostException e) {
            frames.write(Kind.LOST, e.failure());
        } catch (StoppedException e) {
            frames.write(Kind.STOPPED, task.number());
        } catch (OutOfMemoryError e) {
            // Of direct memory; one of the heap ends the process.
            frames.write(
                    Kind.LOST,
                    new PredictionFailure(
                            "out-of-memory",
                            PredictionFailure.Category.RESOURCES,
                            "the prediction's process ran out of memory: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            frames.write(Kind.BROKEN, new Messages.Broken(e.toString(), trace(e)));
        }
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Where memory runs out Linux ends this process rather than the service. */
    private static void beFirstToGo() {
        Path score = Path.of("/proc/self/oom_score_adj");
        try {
            if (Files.isWritable(score)) {
                Files.writeString(score, "800");
            }
        } catch (IOException e) {
            System.err.println("No preference for this process to be ended first: " + e.getMessage());
        }
    }

    /** Tells the service how far a prediction is, and stops it when the service says so. */
    private final class Reporter implements Predictor.Monitor {

        private final Engine engine;
        private final Messages.Task task;

        Reporter(Engine engine, Messages.Task task) {
            this.engine = engine;
            this.task = task;
        }

        @Override
        public void reached(PredictionState state, @Nullable PredictionProgress progress) {
            check();
            try {
                frames.write(Kind.REACHED, new Messages.Reached(state, progress, engine.usage()));
            } catch (IOException e) {
                throw new StoppedException();
            }
        }

        @Override
        public void check() {
            if (stopped == task.number()) {
                throw new StoppedException();
            }
        }
    }

    private static final class StoppedException extends RuntimeException {
        StoppedException() {
            super("stopped", null, false, false);
        }
    }
}
