package org.anfinsen.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.anfinsen.network.graph.ElementType;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.run.GraphSession;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.anfinsen.network.tensor.Tensor;

/** Builds a graph of one operation and runs it, all sizes dynamic. */
public final class OperationRunner {
    private OperationRunner() {}

    /** What a test puts into the graph. */
    @FunctionalInterface
    public interface Operation {
        Map<String, Value> apply(Graph g, Named<Value> inputs);
    }

    public static Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs, Operation operation)
            throws IOException {
        Path directory = Files.createTempDirectory("operation");
        Path model = directory.resolve("operation.onnx");
        try (Graph graph = Graph.create(model, "operation")) {
            Map<String, Value> values = new HashMap<>();
            inputs.forEach((name, tensor) -> values.put(name, declare(graph, name, tensor)));
            Map<String, Value> outputs = operation.apply(graph, new Named<>(values));
            outputs.forEach((name, value) -> graph.output(name, value));
            graph.save(Map.of());
        }
        try (GraphSession session = GraphSession.open(model, SessionSettings.cpu(1))) {
            return session.run(inputs);
        } finally {
            Files.delete(model);
            Files.delete(directory.resolve("operation.onnx.data"));
            Files.delete(directory);
        }
    }

    private static Value declare(Graph graph, String name, Tensor tensor) {
        ElementType type = switch (tensor) {
            case FloatTensor floats -> ElementType.FLOAT;
            case IntTensor integers -> ElementType.INT32;
        };
        Object[] dimensions = IntStream.range(0, tensor.rank())
                .mapToObj(axis -> "unknown_" + name + "_" + axis)
                .toArray();
        return graph.input(name, type, dimensions);
    }
}
