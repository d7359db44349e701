package org.anfinsen.network.tensor;

import java.util.Arrays;

/** An array with a shape, row-major, last axis fastest. */
public sealed interface Tensor permits FloatTensor, IntTensor {

    /** The sizes of the axes, a fresh array. */
    int[] shape();

    /** The number of elements: the product of the shape. */
    int size();

    /** The number of axes. */
    default int rank() {
        return shape().length;
    }

    /** The size of one axis; a negative axis counts from the end. */
    default int dimension(int axis) {
        int[] shape = shape();
        return shape[axis < 0 ? shape.length + axis : axis];
    }

    /**
     * Multiplies a shape out.
     *
     * @throws IllegalArgumentException if a size is negative or the product passes {@link Integer#MAX_VALUE}
     */
    static int sizeOf(int... shape) {
        long size = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
            }
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape " + Arrays.toString(shape) + " has more than 2^31-1 elements");
            }
        }
        return (int) size;
    }

    /** The row-major offset of an element. */
    static int offset(int[] shape, int... index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(index.length + " indices for shape " + Arrays.toString(shape));
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(
                        Arrays.toString(index) + " in a tensor of shape " + Arrays.toString(shape));
            }
            offset = offset * shape[axis] + index[axis];
        }
        return offset;
    }
}
