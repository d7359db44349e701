package org.anfinsen.service.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.Predictor.Monitor;
import org.anfinsen.pipeline.job.Predictor.PredictionFailedException;
import org.anfinsen.pipeline.job.Predictor.PredictorLostException;
import org.anfinsen.service.isolation.Frames.Frame;
import org.anfinsen.service.isolation.Frames.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's end of one {@link PredictingChild}. For one thread at a time. */
final class PredictingProcess {

    private static final Logger LOG = LoggerFactory.getLogger(PredictingProcess.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long a pass may go on after its prediction is no longer wanted, before its process is ended. */
    private static final Duration STOP_MAX = Duration.ofSeconds(2);

    private static final Duration END_MAX = Duration.ofSeconds(10);

    /** The first load of a large network writes its graph. */
    private static final Duration DESCRIPTION_MAX = Duration.ofMinutes(15);

    private static final int LINES_KEPT = 40;

    private final ChildCommand command;
    private final Process process;
    private final ProcessWatch watch;
    private final Frames frames;

    /** Empty, at last, for the end. */
    private final BlockingQueue<Optional<Frame>> received = new LinkedBlockingQueue<>();

    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread errors;
    private volatile WarmModels.Usage usage = WarmModels.Usage.NONE;
    private volatile boolean ended;
    private int tasks;

    private PredictingProcess(ChildCommand command, Process process, ProcessWatch watch) {
        this.command = command;
        this.process = process;
        this.watch = watch;
        this.frames = new Frames(
                new BufferedInputStream(process.getInputStream()), new BufferedOutputStream(process.getOutputStream()));
        Thread.ofPlatform().daemon().name("frames of " + process.pid()).start(this::receive);
        this.errors =
                Thread.ofPlatform().daemon().name("errors of " + process.pid()).start(this::readErrors);
    }

    /** Starts a child, which loads nothing yet. */
    static PredictingProcess start(ChildCommand command, Messages.Opening opening, ProcessWatch watch) {
        try {
            PredictingProcess started = new PredictingProcess(command, command.start(), watch);
            LOG.debug("Process {} predicts", started.pid());
            started.frames.write(Kind.OPEN, opening);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException("a process for predictions cannot be started: " + e.getMessage(), e);
        }
    }

    boolean isUsable() {
        return !ended && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    WarmModels.Usage usage() {
        return usage;
    }

    /** Ends it with all that it has started. */
    void destroy() {
        ended = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * What it runs on; the standard model is loaded if it is not.
     *
     * @throws IllegalStateException with the reason if that is not possible
     */
    Map<String, Object> describe() {
        try {
            frames.write(Kind.DESCRIBE, Map.of());
            Frame answer = await(System.nanoTime() + DESCRIPTION_MAX.toNanos());
            return switch (answer.kind()) {
                case DESCRIBED -> {
                    Messages.Description description = answer.as(Messages.Description.class);
                    usage = description.usage();
                    yield description.details();
                }
                case BROKEN ->
                    throw new IllegalStateException(
                            answer.as(Messages.Broken.class).reason());
                case OPEN, DESCRIBE, PREDICT, STOP, REACHED, DONE, FAILED, LOST, STOPPED ->
                    throw new IOException("the process speaks out of turn");
            };
        } catch (IOException e) {
            throw new IllegalStateException(lost().message(), e);
        }
    }

    /** Predicts there; what the monitor throws stops it and goes on to the caller. */
    PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException {
        tasks++;
        long end = watch.deadline();
        try {
            frames.write(Kind.PREDICT, new Messages.Task(tasks, request));
            while (true) {
                Optional<Frame> frame = received.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (frame == null) {
                    asked(monitor::check);
                } else {
                    Optional<PredictionResult> result = take(frame.orElseThrow(PredictingProcess::ended), monitor);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
                requireLimits(end, request);
            }
        } catch (IOException e) {
            throw new PredictorLostException(about(request, lost()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            destroy();
            throw new IllegalStateException("interrupted while predicting", e);
        }
    }

    /** @return the result, if the frame brings it */
    private Optional<PredictionResult> take(Frame frame, Monitor monitor)
            throws IOException, PredictionFailedException {
        return switch (frame.kind()) {
            case REACHED -> {
                Messages.Reached reached = frame.as(Messages.Reached.class);
                usage = reached.usage();
                asked(() -> monitor.reached(reached.state(), reached.progress()));
                yield Optional.empty();
            }
            case DONE -> Optional.of(result(frame));
            case FAILED -> throw new PredictionFailedException(frame.as(PredictionFailure.class), null);
            case LOST -> {
                destroy();
                throw new PredictorLostException(frame.as(PredictionFailure.class), null);
            }
            case BROKEN -> {
                Messages.Broken broken = frame.as(Messages.Broken.class);
                LOG.error("The prediction broke down in process {}:\n{}", pid(), broken.trace());
                throw new IllegalStateException(broken.reason());
            }
            case OPEN, DESCRIBE, PREDICT, STOP, DESCRIBED, STOPPED ->
                throw new IOException("the process speaks out of turn");
        };
    }

    private static IOException ended() {
        return new IOException("the process has ended");
    }

    private static PredictionResult result(Frame frame) throws IOException {
        Messages.Done done = frame.as(Messages.Done.class);
        if (done.artifacts().size() != frame.attachments().size()) {
            throw new IOException("a result without some of its artifacts");
        }
        List<Artifact> artifacts = new ArrayList<>();
        for (int i = 0; i < done.artifacts().size(); i++) {
            Messages.Label label = done.artifacts().get(i);
            artifacts.add(new Artifact(
                    label.name(), label.mediaType(), frame.attachments().get(i)));
        }
        return new PredictionResult(done.summary(), artifacts);
    }

    /** Asks whether to go on; if not, the child is told, and ended if it does not obey. */
    private void asked(Runnable monitor) {
        try {
            monitor.run();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void stop() {
        try {
            frames.write(Kind.STOP, new Messages.Stop(tasks));
            long end = System.nanoTime() + STOP_MAX.toNanos();
            while (await(end).kind() == Kind.REACHED) {
                // Said before it knew.
            }
        } catch (IOException e) {
            LOG.debug("Process {} is ended in the middle of a pass", pid());
            destroy();
        }
    }

    private void requireLimits(long end, NewPrediction request) throws PredictionFailedException {
        Optional<PredictionFailure> excess = watch.excess(process, end);
        if (excess.isPresent()) {
            destroy();
            if (excess.get().code().equals(ProcessWatch.TIME)) {
                throw new PredictionFailedException(about(request, excess.get()), null);
            }
            throw new PredictorLostException(about(request, excess.get()), null);
        }
    }

    private static PredictionFailure about(NewPrediction request, PredictionFailure failure) {
        return new PredictionFailure(
                failure.code(), failure.category(), request.sequence().length() + " residues: " + failure.message());
    }

    /** The next frame. */
    private Frame await(long endNanos) throws IOException {
        try {
            Optional<Frame> frame = received.poll(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (frame == null) {
                throw new IOException("the process does not answer");
            }
            return frame.orElseThrow(PredictingProcess::ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Makes sure that it is gone, and says how it ended. */
    private PredictionFailure lost() {
        ended = true;
        try {
            if (!process.waitFor(END_MAX)) {
                destroy();
                process.waitFor(END_MAX);
            }
            errors.join(END_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            destroy();
        }
        List<String> lines = new ArrayList<>(command.report(pid()));
        synchronized (lastLines) {
            lines.addAll(lastLines);
        }
        return ProcessEnd.failure(process.isAlive() ? 0 : process.exitValue(), lines);
    }

    private void receive() {
        try {
            Optional<Frame> frame = frames.read();
            while (frame.isPresent()) {
                received.add(frame);
                frame = frames.read();
            }
        } catch (IOException e) {
            LOG.debug("Process {} cannot be understood", pid(), e);
        }
        received.add(Optional.empty());
    }

    private void readErrors() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LOG.warn("Process {}: {}", pid(), line);
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.remove();
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("Process {} says no more", pid(), e);
        }
    }
}
