package org.anfinsen.network.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX graph under construction and the words it is built with. Each method adds one node and returns its result;
 * broadcasting is NumPy's. A graph holds an open file until it is closed; nothing can be read from it before
 * {@link #save}.
 *
 * <p>{@link #scope} gives a view whose nodes are named under a path, so that a profile of a run reads like the
 * network.
 */
public final class Graph implements Closeable {
    private static final Value NONE = new Value("");

    private final ModelWriter writer;
    private final String path;
    private final boolean inEightBits;

    private Graph(ModelWriter writer, String path, boolean inEightBits) {
        this.writer = writer;
        this.path = path;
        this.inEightBits = inEightBits;
    }

    /**
     * Begins a graph.
     *
     * @param model where the model file is to be; weights go to the same name with {@code .data} appended
     */
    public static Graph create(Path model, String name) throws IOException {
        return new Graph(new ModelWriter(model, name), "", false);
    }

    /** The same graph; nodes added through the view are named below {@code name}. */
    public Graph scope(String name) {
        return new Graph(writer, path + name + "/", inEightBits);
    }

    /** The same graph; linear layers added through the view multiply in eight-bit integers where that pays. */
    public Graph inEightBits() {
        return new Graph(writer, path, true);
    }

    /** Whether linear layers are to multiply in eight-bit integers. */
    public boolean isInEightBits() {
        return inEightBits;
    }

    /** Declares an input; each dimension is a size ({@link Integer}) or a symbol ({@link String}). */
    public Value input(String name, ElementType type, Object... dimensions) {
        writer.input(name, type, List.of(dimensions));
        return new Value(name);
    }

    /** Declares an output under a name of its own; dimensions as in {@link #input}. */
    public void output(String name, Value value, Object... dimensions) {
        writer.node(path + "output/" + name, "", "Identity", List.of(value), List.of(new Value(name)), List.of());
        writer.output(name, ElementType.FLOAT, List.of(dimensions));
    }

    /** Adds weights. */
    public Value weights(String name, FloatTensor tensor) {
        return writer.weights(path + name, tensor);
    }

    /** A constant. */
    public Value number(double number) {
        return writer.number((float) number);
    }

    /** A constant vector of integers, as shapes and axes are given. */
    public Value integers(long... values) {
        return writer.integers(values);
    }

    /** A constant integer without axes, of the type of residue types and indices. */
    public Value integer(int integer) {
        return writer.table(path + "integer", IntTensor.of(new int[] {integer}));
    }

    /** Constant integers of that type. */
    public Value table(String name, IntTensor tensor) {
        return writer.table(path + name, tensor);
    }

    public Value add(Value a, Value b) {
        return node("Add", List.of(a, b));
    }

    public Value subtract(Value a, Value b) {
        return node("Sub", List.of(a, b));
    }

    public Value multiply(Value a, Value b) {
        return node("Mul", List.of(a, b));
    }

    public Value divide(Value a, Value b) {
        return node("Div", List.of(a, b));
    }

    public Value squareRoot(Value x) {
        return node("Sqrt", List.of(x));
    }

    public Value maximum(Value a, Value b) {
        return node("Max", List.of(a, b));
    }

    public Value sigmoid(Value x) {
        return node("Sigmoid", List.of(x));
    }

    public Value relu(Value x) {
        return node("Relu", List.of(x));
    }

    /** Softmax over the last axis. */
    public Value softmax(Value x) {
        return node("Softmax", List.of(x), Attributes.of("axis", -1L));
    }

    /** 1 where {@code a > b}, else 0. */
    public Value greater(Value a, Value b) {
        return cast(node("Greater", List.of(a, b)), ElementType.FLOAT);
    }

    /** 1 where {@code a == b}, else 0; for integers. */
    public Value equal(Value a, Value b) {
        return cast(node("Equal", List.of(a, b)), ElementType.FLOAT);
    }

    public Value clip(Value x, Value low, Value high) {
        return node("Clip", List.of(x, low, high));
    }

    public Value cast(Value x, ElementType type) {
        return node("Cast", List.of(x), Attributes.of("to", (long) type.onnxNumber()));
    }

    /** Matrix product over the last two axes. */
    public Value matMul(Value a, Value b) {
        return node("MatMul", List.of(a, b));
    }

    /** {@code a b + c} for matrices, either of {@code a} and {@code b} transposed if asked. */
    public Value gemm(Value a, boolean transposeA, Value b, boolean transposeB, Value c) {
        return node(
                "Gemm",
                List.of(a, b, c),
                Attributes.of("transA", transposeA ? 1L : 0L),
                Attributes.of("transB", transposeB ? 1L : 0L));
    }

    /**
     * {@code x W + b} in eight-bit integers: {@code x} is quantised as a whole when the graph runs, from its smallest to its
     * largest element.
     *
     * @param bias {@code [out]}, or null
     */
    public Value integerProduct(Value x, EightBitWeights weights, @Nullable FloatTensor bias) {
        List<Value> inputs = new ArrayList<>(
                List.of(x, writer.integers(path + "weights", weights), weights("scales", weights.scales())));
        if (bias != null) {
            inputs.add(NONE);
            inputs.add(weights("bias", bias));
        }
        return nodes("DynamicQuantizeMatMul", ModelWriter.MICROSOFT, inputs, 1).getFirst();
    }

    /** Layer normalisation over the last axis, biased variance. */
    public Value layerNorm(Value x, Value scale, Value offset, float epsilon) {
        return node(
                "LayerNormalization",
                List.of(x, scale, offset),
                Attributes.of("axis", -1L),
                Attributes.of("epsilon", epsilon));
    }

    /**
     * Convolution of 3 by 3 over the last two axes, as large as {@code x}, which is taken to be zero outside.
     *
     * @param x {@code [batch, in, rows, columns]}
     * @param weights {@code [out, in, 3, 3]}
     * @param dilation how far apart the elements are that are joined
     */
    public Value convolution(Value x, Value weights, long dilation) {
        return node(
                "Conv",
                List.of(x, weights),
                Attributes.of("pads", new long[] {dilation, dilation, dilation, dilation}),
                Attributes.of("dilations", new long[] {dilation, dilation}));
    }

    /** Sum over one axis, kept as an axis of size 1. */
    public Value sum(Value x, long axis) {
        return node("ReduceSum", List.of(x, integers(axis)), Attributes.of("keepdims", 1L));
    }

    /** Mean over one axis, kept as an axis of size 1. */
    public Value mean(Value x, long axis) {
        return node("ReduceMean", List.of(x, integers(axis)), Attributes.of("keepdims", 1L));
    }

    /** Largest element along one axis, which goes. */
    public Value maximumOver(Value x, long axis) {
        return node("ReduceMax", List.of(x, integers(axis)), Attributes.of("keepdims", 0L));
    }

    public Value transpose(Value x, long... permutation) {
        return node("Transpose", List.of(x), Attributes.of("perm", permutation));
    }

    /** Another shape; 0 keeps the size of that axis, -1 takes what is left. */
    public Value reshape(Value x, long... shape) {
        return node("Reshape", List.of(x, integers(shape)));
    }

    /** Another shape, given as vectors to be joined. */
    public Value reshape(Value x, Value... shape) {
        return node("Reshape", List.of(x, concat(0, shape)));
    }

    /** The size of one axis, a vector of one integer. */
    public Value size(Value x, long axis) {
        return node("Shape", List.of(x), Attributes.of("start", axis), Attributes.of("end", axis + 1));
    }

    /** The sizes of all axes, a vector. */
    public Value sizes(Value x) {
        return node("Shape", List.of(x));
    }

    /** The sizes of all axes but the last, a vector. */
    public Value leadingSizes(Value x) {
        return node("Shape", List.of(x), Attributes.of("end", -1L));
    }

    /** Zeros at the end of one axis, as many as a vector of one integer says. */
    public Value padEnd(Value x, long axis, Value count) {
        return node("Pad", List.of(x, concat(0, integers(0), count), NONE, integers(axis)));
    }

    /** Repeats {@code x} to a shape given as vectors to be joined. */
    public Value expand(Value x, Value... shape) {
        return node("Expand", List.of(x, concat(0, shape)));
    }

    public Value unsqueeze(Value x, long... axes) {
        return node("Unsqueeze", List.of(x, integers(axes)));
    }

    public Value squeeze(Value x, long... axes) {
        return node("Squeeze", List.of(x, integers(axes)));
    }

    public Value concat(long axis, Value... parts) {
        return parts.length == 1 ? parts[0] : node("Concat", List.of(parts), Attributes.of("axis", axis));
    }

    /** From {@code start} (inclusive) to {@code end} (exclusive) along one axis. */
    public Value slice(Value x, long axis, long start, long end) {
        return slice(x, axis, integers(start), integers(end));
    }

    /** As above with computed ends, vectors of one integer. */
    public Value slice(Value x, long axis, Value start, Value end) {
        return node("Slice", List.of(x, start, end, integers(axis)));
    }

    /** Cuts an axis into parts of the given sizes. */
    public List<Value> split(Value x, long axis, long... sizes) {
        return nodes("Split", "", List.of(x, integers(sizes)), sizes.length, Attributes.of("axis", axis));
    }

    /** Rows of {@code table} by index. */
    public Value gather(Value table, Value index) {
        return node("Gather", List.of(table, index), Attributes.of("axis", 0L));
    }

    /**
     * Runs {@code body} once for each index of the first axis of {@code inputs} and stacks what it returns along a new
     * first axis. The body sees one slice of each input, without that axis, and everything outside it. Only one
     * slice's intermediate values exist at a time.
     */
    public List<Value> forEachRow(List<Value> inputs, int outputCount, Function<List<Value>, List<Value>> body) {
        List<Value> slices =
                inputs.stream().map(input -> writer.newValue(path + "slice")).toList();
        writer.beginSubgraph(path + "body", slices);
        List<Value> outputs = body.apply(slices);
        if (outputs.size() != outputCount) {
            throw new IllegalArgumentException(outputs.size() + " results of " + outputCount + " in " + path);
        }
        GraphProto subgraph = writer.endSubgraph(outputs);
        return nodes(
                "Scan",
                "",
                inputs,
                outputCount,
                Attributes.of("body", subgraph),
                Attributes.of("num_scan_inputs", (long) inputs.size()));
    }

    private Value node(String operator, List<Value> inputs, AttributeProto... attributes) {
        return nodes(operator, "", inputs, 1, attributes).getFirst();
    }

    private List<Value> nodes(
            String operator, String domain, List<Value> inputs, int outputCount, AttributeProto... attributes) {
        List<Value> outputs = new ArrayList<>(outputCount);
        for (int i = 0; i < outputCount; i++) {
            outputs.add(writer.newValue(path + operator));
        }
        String name = outputs.getFirst().name();
        writer.node(name, domain, operator, inputs, outputs, Arrays.asList(attributes));
        return outputs;
    }

    /**
     * Writes the model file.
     *
     * @param metadata goes into the model and can be read back from a session
     */
    public void save(Map<String, String> metadata) throws IOException {
        writer.save(metadata);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
