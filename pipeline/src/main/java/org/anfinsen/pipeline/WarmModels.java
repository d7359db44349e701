package org.anfinsen.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.model.ModelPackage;
import org.anfinsen.network.model.ModelRegistry;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.run.MemoryEstimate;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.SessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks that are loaded and ready, a bounded number of them. A network in use is never unloaded; among the idle ones the
 * least recently used goes first. Safe for use by several threads, which share a network.
 */
public final class WarmModels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmModels.class);

    private final ModelRegistry registry;
    private final Path graphCache;
    private final SessionSettings settings;
    private final int loadedMax;
    private final Map<String, NetworkDimensions> dimensions = new ConcurrentHashMap<>();
    private volatile Set<String> warm = Set.of();
    private long hits;
    private long loads;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Nothing is loaded yet.
     *
     * @param registry   the packages on disk
     * @param graphCache directory for the graphs derived from them
     * @param settings   how graphs are run
     * @param loadedMax  how many idle networks stay in memory
     */
    public WarmModels(ModelRegistry registry, Path graphCache, SessionSettings settings, int loadedMax) {
        if (loadedMax < 1) {
            throw new IllegalArgumentException(loadedMax + " models in memory, must be at least 1");
        }
        this.registry = registry;
        this.graphCache = graphCache;
        this.settings = settings;
        this.loadedMax = loadedMax;
    }

    /** Names of the networks in memory. */
    public Set<String> warm() {
        return warm;
    }

    /** The cards of all packages that can be borrowed, by name. */
    public List<ModelCard> cards() {
        return registry.list();
    }

    /**
     * Hands out a network, loading it first if need be. A package that was replaced on disk is loaded anew.
     *
     * @throws org.anfinsen.network.model.ModelException if there is no such package, or it is damaged
     * @throws org.anfinsen.network.run.NetworkException if its graph cannot be loaded
     */
    public synchronized Borrowed borrow(String name) {
        ModelCard card = registry.card(name);
        String key = name + " " + card.parametersSha256();
        Loaded model = loaded.get(key);
        if (model == null) {
            unloadIdle(loadedMax - 1);
            ModelPackage modelPackage = registry.open(name);
            dimensions.put(card.parametersSha256(), modelPackage.dimensions());
            model = new Loaded(modelPackage.card(), modelPackage.openSession(graphCache, settings));
            loaded.put(key, model);
            loads++;
            tellWarm();
        } else {
            hits++;
        }
        model.users++;
        return new Borrowed(model);
    }

    /** Reads the sizes of all packages, so that {@link #memory} need not; a damaged one is left to whoever asks for it. */
    public void measure() {
        for (ModelCard card : cards()) {
            try {
                memory(card.name(), 1, 1);
            } catch (ModelException | ParameterException e) {
                LOG.warn("Model {} cannot be used: {}", card.name(), e.getMessage());
            }
        }
    }

    /**
     * The widths and parts of a network. Reads the parameters of a package that was not asked about before.
     *
     * @throws org.anfinsen.network.model.ModelException if there is no such package, or it is damaged
     */
    public NetworkDimensions dimensions(String name) {
        return dimensions.computeIfAbsent(
                registry.card(name).parametersSha256(),
                key -> registry.open(name).dimensions());
    }

    /**
     * What a pass over such a chain needs. Reads the parameters of a package that was not asked about before.
     *
     * @param rows of the alignment, the query included
     * @throws org.anfinsen.network.model.ModelException if there is no such package, or it is damaged
     */
    public MemoryEstimate memory(String name, int nRes, int rows) {
        ModelCard card = registry.card(name);
        NetworkDimensions sizes = dimensions(name);
        ModelCard.Features features = card.features();
        int nSeq = Math.min(rows, features.msaClusters());
        int nExtra = Math.clamp(rows - nSeq, 1, features.extraMsa());
        return MemoryEstimate.of(sizes, nRes, nSeq, nExtra);
    }

    /** How the networks in memory have served so far. */
    public synchronized Usage usage() {
        return new Usage(
                loaded.values().stream().map(model -> model.card.name()).toList(), hits, loads);
    }

    /**
     * Figures since the start.
     *
     * @param loaded names of the networks in memory now
     * @param hits   how often a network that was asked for was there
     * @param loads  how often one had to be loaded
     */
    public record Usage(List<String> loaded, long hits, long loads) {

        /** Before anything was asked for. */
        public static final Usage NONE = new Usage(List.of(), 0, 0);

        public Usage {
            loaded = List.copyOf(loaded);
        }
    }

    private void tellWarm() {
        warm = loaded.values().stream().map(model -> model.card.name()).collect(Collectors.toUnmodifiableSet());
    }

    private synchronized void giveBack(Loaded model) {
        model.users--;
        unloadIdle(loadedMax);
    }

    private void unloadIdle(int keep) {
        List<String> keys = new ArrayList<>(loaded.keySet());
        for (String key : keys) {
            Loaded model = loaded.get(key);
            if (loaded.size() > keep && model != null && model.users == 0) {
                loaded.remove(key);
                model.session.close();
            }
        }
        tellWarm();
    }

    /** Unloads all of them; none may be in use. */
    @Override
    public synchronized void close() {
        loaded.values().forEach(model -> model.session.close());
        loaded.clear();
    }

    /** A network on loan; close it when done. */
    public final class Borrowed implements AutoCloseable {
        private final Loaded model;

        private Borrowed(Loaded model) {
            this.model = model;
        }

        /** What the model is. */
        public ModelCard card() {
            return model.card;
        }

        /** The network itself; not to be closed by the borrower. */
        public NetworkSession network() {
            return model.session;
        }

        @Override
        public void close() {
            giveBack(model);
        }
    }

    private static final class Loaded {
        private final ModelCard card;
        private final NetworkSession session;
        private int users;

        Loaded(ModelCard card, NetworkSession session) {
            this.card = card;
            this.session = session;
        }
    }
}
