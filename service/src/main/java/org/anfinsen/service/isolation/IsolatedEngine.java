package org.anfinsen.service.isolation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Predicts in processes of their own, as many as predictions run at a time. Each holds networks of its own and stays for the
 * next prediction; one that is lost is replaced. A prediction that is to spare memory runs alone, in a fresh process with one
 * thread and one network.
 */
public final class IsolatedEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(IsolatedEngine.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChildCommand command;
    private final Messages.Opening opening;
    private final ProcessWatch watch;
    private final ModelEngine local;
    private final Turns turns = new Turns();
    private final Deque<PredictingProcess> idle = new ArrayDeque<>();
    private final Set<PredictingProcess> all = new HashSet<>();
    private final Object description = new Object();
    private Map<String, Object> lastDetails = Map.of();
    private boolean describing;
    private long hitsOfTheGone;
    private long loadsOfTheGone;
    private boolean closed;

    private IsolatedEngine(ChildCommand command, Messages.Opening opening) {
        PredictionSettings settings = opening.prediction();
        this.command = command;
        this.opening = opening;
        this.watch = new ProcessWatch(settings.timeLimit(), settings.processMemoryBytes());
        this.local = ModelEngine.open(opening.places(), settings, opening.searching(), opening.version());
    }

    /**
     * Begins to start the first process.
     *
     * @param version of this software, for the files it writes
     */
    public static IsolatedEngine open(
            PlaceSettings places, PredictionSettings settings, SearchingSettings searching, String version) {
        IsolatedEngine engine = new IsolatedEngine(
                new ChildCommand(
                        settings.javaOptions(),
                        places.dataDirectory().resolve("crashes").toAbsolutePath()),
                new Messages.Opening(places, settings, searching, version));
        engine.describing = true;
        Thread.ofPlatform().daemon().name("first-process").start(engine::warmUp);
        return engine;
    }

    private void warmUp() {
        try {
            details();
            local.measure();
        } catch (RuntimeException e) {
            // Whoever asks later is told too.
            LOG.debug("The first process for predictions is not ready", e);
        }
    }

    @Override
    public Predictor predictor() {
        return new Predictor() {
            @Override
            public PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException {
                return IsolatedEngine.this.predict(request, monitor);
            }

            @Override
            public Set<String> warmModels() {
                return warmModelsOfTheIdle();
            }
        };
    }

    /** One of the idle processes gets the next prediction. */
    private synchronized Set<String> warmModelsOfTheIdle() {
        return idle.stream()
                .flatMap(process -> process.usage().loaded().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private PredictionResult predict(NewPrediction request, Predictor.Monitor monitor)
            throws Predictor.PredictionFailedException {
        boolean sparing = monitor.sparing();
        turns.begin(sparing, monitor::check);
        try {
            PredictingProcess process = sparing ? takeSparing() : take(monitor);
            try {
                return process.predict(request, monitor);
            } finally {
                giveBack(process, !sparing);
            }
        } finally {
            turns.end();
        }
    }

    @Override
    public ModelCatalog catalog() {
        return local.catalog();
    }

    @Override
    public DatabaseSearch databases() {
        return local.databases();
    }

    @Override
    public TemplateSearch templates() {
        return local.templates();
    }

    /** Asks a process, which loads the standard model; while all of them predict the answer is the last one. */
    @Override
    public Map<String, Object> details() {
        synchronized (description) {
            synchronized (this) {
                if (idle.isEmpty() && !all.isEmpty() && !lastDetails.isEmpty()) {
                    return lastDetails;
                }
                describing = true;
            }
            try {
                PredictingProcess process = usable();
                try {
                    lastDetails = process.describe();
                    return lastDetails;
                } catch (RuntimeException e) {
                    lastDetails = Map.of();
                    throw e;
                } finally {
                    giveBack(process, true);
                }
            } finally {
                described();
            }
        }
    }

    @Override
    public synchronized WarmModels.Usage usage() {
        List<String> loaded = new ArrayList<>();
        long hits = hitsOfTheGone;
        long loads = loadsOfTheGone;
        for (PredictingProcess process : all) {
            loaded.addAll(process.usage().loaded());
            hits += process.usage().hits();
            loads += process.usage().loads();
        }
        return new WarmModels.Usage(loaded, hits, loads);
    }

    /** Processes that predict or wait for the next prediction. */
    public synchronized List<Long> processes() {
        return all.stream().map(PredictingProcess::pid).toList();
    }

    /** Waits for a process that is being described rather than start one beside it. */
    private synchronized PredictingProcess take(Predictor.Monitor monitor) {
        try {
            while (describing && idle.isEmpty()) {
                wait(LOOK.toMillis());
                monitor.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
        return usable();
    }

    private synchronized void described() {
        describing = false;
        notifyAll();
    }

    private synchronized PredictingProcess usable() {
        while (!idle.isEmpty()) {
            PredictingProcess process = idle.pop();
            if (process.isUsable()) {
                return process;
            }
            discard(process);
        }
        return start(opening);
    }

    /** A fresh process with little in it, and no idle ones beside it. */
    private synchronized PredictingProcess takeSparing() {
        List.copyOf(idle).forEach(this::discard);
        idle.clear();
        return start(new Messages.Opening(
                opening.places(), opening.prediction().sparing(), opening.searching(), opening.version()));
    }

    private PredictingProcess start(Messages.Opening what) {
        if (closed) {
            throw new IllegalStateException("the service is being stopped");
        }
        PredictingProcess started = PredictingProcess.start(command, what, watch);
        all.add(started);
        return started;
    }

    private synchronized void giveBack(PredictingProcess process, boolean again) {
        if (again && process.isUsable() && !closed) {
            idle.push(process);
        } else {
            discard(process);
        }
        notifyAll();
    }

    private void discard(PredictingProcess process) {
        process.destroy();
        if (all.remove(process)) {
            hitsOfTheGone += process.usage().hits();
            loadsOfTheGone += process.usage().loads();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        new ArrayList<>(all).forEach(this::discard);
        idle.clear();
        local.close();
    }
}
