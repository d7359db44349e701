package org.anfinsen.network.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;

/**
 * The protobuf side of a {@link Graph}: collects nodes, streams weights to the data file, writes the model. ONNX
 * limits a model file to 2 GiB, so all but small weights lie in a file of their own beside it.
 */
final class ModelWriter implements Closeable {
    /** ONNX Runtime 1.21 and later read both. */
    static final int IR_VERSION = 10;

    static final int OPSET = 20;

    /** The domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    private static final int INLINE_BYTES_MAX = 512;
    private static final int ALIGNMENT = 64;

    private final Path model;
    private final Path weights;
    private final FileChannel channel;
    private final Deque<GraphProto.Builder> graphs = new ArrayDeque<>();
    private final GraphProto.Builder main = GraphProto.newBuilder();
    private final Map<String, Value> constants = new HashMap<>();
    private long nextName;
    private long offset;

    ModelWriter(Path model, String graphName) throws IOException {
        this.model = model;
        this.weights = model.resolveSibling(model.getFileName() + ".data");
        this.channel = FileChannel.open(
                weights, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        main.setName(graphName);
        graphs.push(main);
    }

    Value newValue(String prefix) {
        return new Value(prefix + "_" + nextName++);
    }

    void node(String name, String domain, String operator, List<Value> in, List<Value> out, List<AttributeProto> with) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setName(name).setDomain(domain).setOpType(operator);
        in.forEach(value -> node.addInput(value.name()));
        out.forEach(value -> node.addOutput(value.name()));
        node.addAllAttribute(with);
        graphs.element().addNode(node);
    }

    void input(String name, ElementType type, List<?> dimensions) {
        main.addInput(describe(name, type, dimensions));
    }

    void output(String name, ElementType type, List<?> dimensions) {
        main.addOutput(describe(name, type, dimensions));
    }

    /** Begins a subgraph: nodes go there until {@link #endSubgraph}. */
    void beginSubgraph(String name, List<Value> inputs) {
        GraphProto.Builder subgraph = GraphProto.newBuilder().setName(name);
        inputs.forEach(input -> subgraph.addInput(ValueInfoProto.newBuilder()
                .setName(input.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.onnxNumber())))));
        graphs.push(subgraph);
    }

    GraphProto endSubgraph(List<Value> outputs) {
        GraphProto.Builder subgraph = graphs.pop();
        outputs.forEach(output -> subgraph.addOutput(ValueInfoProto.newBuilder().setName(output.name())));
        return subgraph.build();
    }

    /** A constant vector of integers, shared by all who ask for the same one. */
    Value integers(long... values) {
        return constants.computeIfAbsent("i" + Arrays.toString(values), key -> {
            Value value = newValue("integers");
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(value.name())
                    .setDataType(ElementType.INT64.onnxNumber())
                    .addDims(values.length);
            for (long element : values) {
                tensor.addInt64Data(element);
            }
            main.addInitializer(tensor);
            return value;
        });
    }

    /** A constant number without axes, shared likewise. */
    Value number(float number) {
        return constants.computeIfAbsent("f" + number, key -> weights("number", FloatTensor.of(new float[] {number})));
    }

    Value table(String prefix, IntTensor tensor) {
        Value value = newValue(prefix);
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(value.name()).setDataType(ElementType.INT32.onnxNumber());
        for (int dimension : tensor.shape()) {
            proto.addDims(dimension);
        }
        for (int element : tensor.data()) {
            proto.addInt32Data(element);
        }
        main.addInitializer(proto);
        return value;
    }

    Value weights(String prefix, FloatTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.data());
        return weights(prefix, ElementType.FLOAT, bytes, tensor.shape());
    }

    Value integers(String prefix, EightBitWeights weights) {
        return weights(prefix, ElementType.INT8, ByteBuffer.wrap(weights.integers()), weights.in(), weights.out());
    }

    private Value weights(String prefix, ElementType type, ByteBuffer bytes, int... shape) {
        Value value = newValue(prefix);
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(value.name()).setDataType(type.onnxNumber());
        for (int dimension : shape) {
            proto.addDims(dimension);
        }
        if (bytes.capacity() <= INLINE_BYTES_MAX) {
            proto.setRawData(ByteString.copyFrom(bytes));
        } else {
            try {
                offset = (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                long start = offset;
                while (bytes.hasRemaining()) {
                    offset += channel.write(bytes, offset);
                }
                proto.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", weights.getFileName().toString()))
                        .addExternalData(entry("offset", Long.toString(start)))
                        .addExternalData(entry("length", Long.toString(bytes.capacity())));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write weights to " + weights, e);
            }
        }
        main.addInitializer(proto);
        return value;
    }

    /** Writes the model file; the weights are in their file already. */
    void save(Map<String, String> metadata) throws IOException {
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("anfinsen")
                .setGraph(main)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
        metadata.forEach((key, value) -> proto.addMetadataProps(entry(key, value)));
        try (OutputStream out = Files.newOutputStream(model)) {
            proto.build().writeTo(out);
        }
    }

    /** No dimensions: the shape is left open. */
    private static ValueInfoProto describe(String name, ElementType type, List<?> dimensions) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.onnxNumber());
        for (Object dimension : dimensions) {
            switch (dimension) {
                case Integer fixed -> tensor.getShapeBuilder().addDimBuilder().setDimValue(fixed);
                case String symbol -> tensor.getShapeBuilder().addDimBuilder().setDimParam(symbol);
                default ->
                    throw new IllegalArgumentException(name + ": a dimension is a size or a symbol: " + dimension);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
