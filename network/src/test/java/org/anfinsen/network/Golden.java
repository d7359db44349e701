package org.anfinsen.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;
import org.jetbrains.bio.npy.NpzFile;

/**
 * One algorithm's golden file: parameters, inputs and outputs that {@code training/} wrote. The same numbers must come
 * out of the graph.
 */
public final class Golden {
    /** The values were computed in single precision in another order. */
    public static final double TOLERANCE = 1e-5;

    /** An input after its update. */
    public static final String REFINED = "refined";

    private static final String OUT = "out/";

    private final Map<String, FloatTensor> parameters = new TreeMap<>();
    private final Map<String, Tensor> inputs = new TreeMap<>();
    private final Map<String, FloatTensor> outputs = new TreeMap<>();

    /** What is under test. */
    @FunctionalInterface
    public interface Algorithm {
        /** From inputs by name to outputs by name; {@code root} is {@code alphafold/alphafold_iteration}. */
        Map<String, Value> apply(Graph g, ParameterScope root, Named<Value> in);
    }

    /** Reads {@code golden/<name>.npz}. */
    public static Golden of(String name) {
        URL resource = Golden.class.getResource("/golden/" + name + ".npz");
        assertThat(resource).as("golden file of " + name).isNotNull();
        try {
            return new Golden(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Golden(Path file) {
        try (NpzFile.Reader reader = NpzFile.read(file);
                Npz npz = Npz.open(file)) {
            reader.introspect().forEach(entry -> {
                String member = entry.getName();
                if (member.startsWith("param/")) {
                    parameters.put(member.substring("param/".length()), npz.floats(member));
                } else if (member.startsWith("in/")) {
                    boolean floats = entry.getType() == float.class;
                    inputs.put(member.substring("in/".length()), floats ? npz.floats(member) : npz.integers(member));
                } else if (member.startsWith("out/")) {
                    outputs.put(member.substring("out/".length()), npz.floats(member));
                }
            });
        }
    }

    public Parameters parameters() {
        return new Parameters(parameters);
    }

    /** The same arrays, under their published names. */
    public Map<String, FloatTensor> parameterArrays() {
        return Collections.unmodifiableMap(parameters);
    }

    /** A float input. */
    public FloatTensor floats(String name) {
        return (FloatTensor) input(name);
    }

    /** An input. */
    public Tensor input(String name) {
        return new Named<>(inputs).get(name);
    }

    /** An expected output. */
    public FloatTensor expected(String name) {
        return new Named<>(outputs).get(name);
    }

    /** Puts a derived input in the place of another. */
    public Golden replace(String name, String derivedName, UnaryOperator<FloatTensor> derive) {
        inputs.put(derivedName, derive.apply(floats(name)));
        return without(name);
    }

    /** Expects {@link #REFINED}, the input with the golden update added: the graphs add updates as they go. */
    public Golden updates(String input) {
        outputs.put(REFINED, Tensors.add(floats(input), expected("update")));
        return this;
    }

    /** Leaves an input out. */
    public Golden without(String name) {
        inputs.remove(name);
        return this;
    }

    /** Expects another value of an output. */
    public void expect(String name, FloatTensor tensor) {
        outputs.put(name, tensor);
    }

    /** Builds the algorithm's graph, runs it and compares every output it returns; it must return at least one. */
    public void isReproducedBy(Algorithm algorithm) throws IOException {
        isReproducedWhere(FloatTensor.of(new float[] {1}, 1), algorithm);
    }

    /** As above, where the mask over the outputs' leading axes is 1; elsewhere rounding noise of -1e5 has built up. */
    public void isReproducedWhere(FloatTensor mask, Algorithm algorithm) throws IOException {
        ParameterScope root = parameters().root();
        // Inputs and outputs of a graph share one space of names, so outputs get a prefix.
        Map<String, FloatTensor> found = OperationRunner.run(
                inputs,
                (g, in) -> algorithm.apply(g, root, in).entrySet().stream()
                        .collect(Collectors.toMap(entry -> OUT + entry.getKey(), Map.Entry::getValue)));
        assertThat(found).isNotEmpty();
        found.forEach((name, tensor) -> Tensors.assertClose(
                name,
                Tensors.masked(tensor, mask),
                Tensors.masked(expected(name.substring(OUT.length())), mask),
                TOLERANCE));
    }
}
