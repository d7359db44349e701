package org.anfinsen.network.parameters;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;

/**
 * Named arrays, {@code <scope>//<leaf>} with scopes under {@code alphafold/alphafold_iteration}.
 * Remembers what has been taken, so that whoever builds a network from it can show that nothing was overlooked.
 * Not safe for use by several threads at once.
 */
public final class Parameters {
    /** The scope that all published names begin with. */
    public static final String ROOT = "alphafold/alphafold_iteration";

    private final TreeMap<String, FloatTensor> arrays;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Set<Integer>> takenBlocks = new HashMap<>();

    /** Wraps arrays that are in memory already. */
    public Parameters(Map<String, FloatTensor> arrays) {
        this.arrays = new TreeMap<>(arrays);
    }

    /** The scope {@link #ROOT}. */
    public ParameterScope root() {
        return new ParameterScope(this, ROOT, ParameterScope.NO_BLOCK);
    }

    /** All names, sorted. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(arrays.keySet()));
    }

    /** The number of values in all arrays together. */
    public long valueCount() {
        return arrays.values().stream().mapToLong(Tensor::size).sum();
    }

    /** All arrays by name, whether taken or not. */
    SortedMap<String, FloatTensor> arrays() {
        return Collections.unmodifiableSortedMap(arrays);
    }

    boolean contains(String name) {
        return arrays.containsKey(name);
    }

    boolean containsUnder(String scope) {
        String next = arrays.ceilingKey(scope + "/");
        return next != null && next.startsWith(scope + "/");
    }

    /** Looks at an array without taking it. */
    FloatTensor peek(String name) {
        FloatTensor array = arrays.get(name);
        if (array == null) {
            throw new ParameterException("the parameters lack " + name);
        }
        return array;
    }

    FloatTensor take(String name) {
        FloatTensor array = peek(name);
        if (!taken.add(name)) {
            throw new ParameterException(name + " is taken twice");
        }
        return array;
    }

    /** Takes one block's part of a stacked array, whose first axis is the block. */
    FloatTensor takeBlock(String name, int block) {
        FloatTensor stack = peek(name);
        int[] shape = stack.shape();
        if (shape.length == 0 || block >= shape[0]) {
            throw new ParameterException(name + ": no block " + block + " in shape " + Arrays.toString(shape));
        }
        if (!takenBlocks.computeIfAbsent(name, key -> new HashSet<>()).add(block)) {
            throw new ParameterException(name + ", block " + block + " is taken twice");
        }
        int[] blockShape = Arrays.copyOfRange(shape, 1, shape.length);
        int size = Tensor.sizeOf(blockShape);
        return FloatTensor.of(Arrays.copyOfRange(stack.data(), block * size, (block + 1) * size), blockShape);
    }

    /**
     * Checks that every array has been taken whole.
     *
     * @throws ParameterException naming what is left over
     */
    public void requireAllTaken() {
        List<String> left = arrays.keySet().stream()
                .filter(name -> !taken.contains(name))
                .filter(name -> !isTakenInBlocks(name))
                .map(name -> name + " " + Arrays.toString(peek(name).shape()))
                .toList();
        if (!left.isEmpty()) {
            throw new ParameterException(left.size() + " arrays are not part of the network: " + left);
        }
    }

    private boolean isTakenInBlocks(String name) {
        Set<Integer> blocks = takenBlocks.getOrDefault(name, Set.of());
        int[] shape = peek(name).shape();
        return shape.length > 0 && IntStream.range(0, shape[0]).allMatch(blocks::contains);
    }

    /** The same arrays with nothing taken yet. */
    public Parameters untouched() {
        return new Parameters(arrays);
    }
}
