package org.anfinsen.network.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.Parameters;

/** Writes the graph of one recycling iteration. */
public final class IterationExporter {
    /** Changes whenever the same parameters give another graph; part of the name of a graph kept on disk. */
    public static final String VERSION = "3";

    /** Metadata key of {@link #VERSION}. */
    public static final String VERSION_KEY = "anfinsen.exporter";

    private IterationExporter() {}

    /**
     * Builds the graph from the parameters and writes it.
     *
     * @param parameters all are taken
     * @param inEightBits whether the linear layers of the Evoformer and of the stacks before it multiply in eight-bit integers
     * @param model the model file; weights go beside it, {@code .data} appended
     * @param provenance goes into the model's metadata
     * @return the sizes found
     * @throws ParameterException if an array is missing, left over or of the wrong shape: key and both shapes given
     * @throws IOException if the files cannot be written
     */
    public static NetworkDimensions export(
            Parameters parameters, boolean inEightBits, Path model, Map<String, String> provenance) throws IOException {
        NetworkDimensions sizes = NetworkDimensions.of(parameters);
        Iteration iteration = new Iteration(parameters.root(), sizes);
        parameters.requireAllTaken();
        Map<String, String> metadata = new HashMap<>(provenance);
        metadata.put(VERSION_KEY, VERSION);
        try (Graph graph = Graph.create(model, "anfinsen")) {
            iteration.apply(graph, inEightBits ? graph.inEightBits() : graph);
            graph.save(metadata);
        }
        return sizes;
    }
}
