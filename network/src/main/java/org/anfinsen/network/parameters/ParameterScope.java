package org.anfinsen.network.parameters;

import java.util.Arrays;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * One scope of the parameter names, such as {@code evoformer/evoformer_iteration/msa_transition}, and for a stack of
 * blocks the block that is meant. Shapes given and returned are those of one block.
 */
public final class ParameterScope {
    static final int NO_BLOCK = -1;

    private final Parameters parameters;
    private final String path;
    private final int block;

    ParameterScope(Parameters parameters, String path, int block) {
        this.parameters = parameters;
        this.path = path;
        this.block = block;
    }

    /** A scope below this one; slashes lead further down. */
    public ParameterScope in(String child) {
        return new ParameterScope(parameters, path + "/" + child, block);
    }

    /** This scope, read as a stack, at one block: every array below has the block as its first axis. */
    public ParameterScope block(int index) {
        return new ParameterScope(parameters, path, index);
    }

    /** Whether this scope has an array of that name itself. */
    public boolean has(String leaf) {
        return parameters.contains(name(leaf));
    }

    /** Whether there is any array at or below this scope. */
    public boolean exists() {
        return parameters.containsUnder(path);
    }

    /** The shape of an array, without taking it. */
    public int[] shape(String leaf) {
        int[] shape = parameters.peek(name(leaf)).shape();
        return block == NO_BLOCK ? shape : Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    }

    /** The number of axes and then one size of an array, without taking it. */
    public int dimension(String leaf, int rank, int axis) {
        int[] shape = shape(leaf);
        if (shape.length != rank) {
            throw new ParameterException(
                    name(leaf) + ": expected " + rank + " axes, found shape " + Arrays.toString(shape) + blockText());
        }
        return shape[axis];
    }

    /**
     * Takes an array.
     *
     * @param expected the shape it must have
     * @throws ParameterException if it is missing, was taken before, or has another shape: key and both shapes given
     */
    public FloatTensor take(String leaf, int... expected) {
        String name = name(leaf);
        int[] found = shape(leaf);
        if (!Arrays.equals(found, expected)) {
            throw new ParameterException(name + ": expected shape " + Arrays.toString(expected) + ", found "
                    + Arrays.toString(found) + blockText());
        }
        return block == NO_BLOCK ? parameters.take(name) : parameters.takeBlock(name, block);
    }

    private String blockText() {
        return block == NO_BLOCK ? "" : " in each block";
    }

    private String name(String leaf) {
        return path + "//" + leaf;
    }

    @Override
    public String toString() {
        return path + (block == NO_BLOCK ? "" : "[" + block + "]");
    }
}
