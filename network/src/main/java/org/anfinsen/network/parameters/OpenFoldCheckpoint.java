package org.anfinsen.network.parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.anfinsen.network.parameters.OpenFoldNames.Published;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;

/**
 * OpenFold's checkpoint (Ahdritz et al. 2024) of AlphaFold's network for monomers, read as the arrays that AlphaFold
 * publishes. Matrices are {@code [out, in]} there and {@code [in, out]} here; an attention's heads, one axis with their
 * width there, are an axis of their own here; each block of a stack has arrays of its own there, and is an index of the
 * first axis here.
 */
final class OpenFoldCheckpoint {
    private static final String PAIR_BIAS = "//feat_2d_weights";
    private static final String ROW_BIAS = "msa_row_attention_with_pair_bias" + PAIR_BIAS;

    /**
     * Scopes of arrays with an axis that is two in one, heads times width or channels times channels, and the array
     * whose last axis is as long as the first of the two. The checkpoint does not tell how many heads the attention
     * over templates has: as many as that within a template, as in AlphaFold's and OpenFold's configurations.
     */
    private static final Map<String, String> COUNTED_BY = Map.of(
            "msa_row_attention_with_pair_bias/attention",
            ROW_BIAS,
            "msa_column_attention/attention",
            ROW_BIAS,
            "msa_column_global_attention/attention",
            ROW_BIAS,
            "triangle_attention_starting_node/attention",
            "triangle_attention_starting_node" + PAIR_BIAS,
            "triangle_attention_ending_node/attention",
            "triangle_attention_ending_node" + PAIR_BIAS,
            "template_embedding/attention",
            "template_embedding/single_template_embedding/template_pair_stack/__layer_stack_no_state/"
                    + "triangle_attention_starting_node" + PAIR_BIAS,
            "outer_product_mean",
            "outer_product_mean/left_projection//bias");

    private final TorchFile file;
    private final SortedMap<String, SortedMap<Integer, TorchTensor>> arrays = new TreeMap<>();

    private OpenFoldCheckpoint(TorchFile file) {
        this.file = file;
    }

    /**
     * Reads a checkpoint.
     *
     * @throws ParameterException if it is none, or not of that network
     */
    static Parameters read(Path path) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            OpenFoldCheckpoint checkpoint = new OpenFoldCheckpoint(new TorchFile(zip));
            checkpoint.sortByPublishedName();
            return checkpoint.published();
        } catch (IOException | RuntimeException e) {
            throw new ParameterException("cannot read " + path + " as OpenFold's checkpoint: " + e.getMessage(), e);
        }
    }

    private void sortByPublishedName() throws IOException {
        long bytes = 0;
        for (Map.Entry<String, TorchTensor> entry : file.stateDict().entrySet()) {
            Published place = OpenFoldNames.published(entry.getKey());
            TorchTensor tensor = entry.getValue().transposed();
            bytes += (long) Float.BYTES * tensor.size();
            if (arrays.computeIfAbsent(place.name(), name -> new TreeMap<>()).put(place.block(), tensor) != null) {
                throw new ParameterException(entry.getKey() + " is there under another name too");
            }
        }
        if (bytes > ParameterFile.BYTES_MAX) {
            throw new ParameterException("its arrays take " + bytes + " bytes, limit " + ParameterFile.BYTES_MAX);
        }
    }

    private Parameters published() throws IOException {
        Map<String, FloatTensor> published = new HashMap<>();
        for (Map.Entry<String, SortedMap<Integer, TorchTensor>> entry : arrays.entrySet()) {
            FloatTensor array = joined(entry.getKey(), entry.getValue());
            published.put(entry.getKey(), array.reshape(divided(entry.getKey(), array.shape())));
        }
        return new Parameters(published);
    }

    /** One array, or that of each block, {@code [blocks, ...]}. */
    private FloatTensor joined(String name, SortedMap<Integer, TorchTensor> blocks) throws IOException {
        int[] shape = blocks.sequencedValues().getFirst().shape();
        boolean stack = blocks.firstKey() != ParameterScope.NO_BLOCK;
        if (stack && blocks.lastKey() != blocks.size() - 1) {
            throw new ParameterException(name + ": of its blocks there are only " + blocks.keySet());
        }
        int size = Tensor.sizeOf(shape);
        float[] values = new float[Math.multiplyExact(blocks.size(), size)];
        int next = 0;
        for (Map.Entry<Integer, TorchTensor> block : blocks.entrySet()) {
            int[] found = block.getValue().shape();
            if (!Arrays.equals(found, shape)) {
                throw new ParameterException(name + ": expected shape " + Arrays.toString(shape)
                        + " as in the first block, found " + Arrays.toString(found) + " in block " + block.getKey());
            }
            file.read(block.getValue(), values, next);
            next += size;
        }
        return FloatTensor.of(values, stack ? with(shape, 0, blocks.size()) : shape);
    }

    /** The shape with two axes for the one that is heads times width, or one channel times another. */
    private int[] divided(String name, int[] shape) {
        String scope = name.substring(0, name.indexOf("//"));
        String leaf = name.substring(scope.length() + "//".length());
        boolean oneHead = scope.endsWith("global_attention/attention") && leaf.matches("key_w|value_w");
        int axis = switch (leaf) {
            case "query_w", "key_w", "value_w", "gating_w", "gating_b" -> oneHead ? -1 : shape.length - 1;
            case "output_w" -> shape.length - 2;
            default -> -1;
        };
        if (axis < 0) {
            return shape;
        }
        int count = count(scope);
        if (count == 0 || shape[axis] % count != 0) {
            throw new ParameterException(name + ": expected a multiple of " + count + " on axis " + axis
                    + ", found shape " + Arrays.toString(shape));
        }
        int[] divided = with(shape, axis, count);
        divided[axis + 1] /= count;
        return divided;
    }

    private int count(String scope) {
        for (Map.Entry<String, String> counted : COUNTED_BY.entrySet()) {
            if (scope.endsWith("/" + counted.getKey())) {
                String name =
                        scope.substring(0, scope.length() - counted.getKey().length()) + counted.getValue();
                SortedMap<Integer, TorchTensor> counter = arrays.get(name);
                if (counter == null) {
                    throw new ParameterException("the parameters lack " + name);
                }
                int[] shape = counter.sequencedValues().getFirst().shape();
                return shape[shape.length - 1];
            }
        }
        throw new ParameterException(scope + " is no attention of OpenFold's network for monomers");
    }

    private static int[] with(int[] shape, int axis, int size) {
        int[] longer = new int[shape.length + 1];
        System.arraycopy(shape, 0, longer, 0, axis);
        longer[axis] = size;
        System.arraycopy(shape, axis, longer, axis + 1, shape.length - axis);
        return longer;
    }
}
