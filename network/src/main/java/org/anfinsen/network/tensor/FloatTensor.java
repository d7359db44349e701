package org.anfinsen.network.tensor;

import java.util.Arrays;

/**
 * Single-precision numbers with a shape. The array belongs to the tensor: whoever makes one hands the array over, and
 * {@link #data()} is for reading in hot loops, never for writing.
 */
public final class FloatTensor implements Tensor {
    private final float[] data;
    private final int[] shape;

    private FloatTensor(float[] data, int[] shape) {
        this.data = data;
        this.shape = shape;
    }

    /**
     * Wraps an array without copying it.
     *
     * @param data elements, row-major; the tensor owns it from here on
     * @param shape sizes of the axes; none for a single number
     * @throws IllegalArgumentException if the shape does not multiply to the length; the message gives both
     */
    public static FloatTensor of(float[] data, int... shape) {
        if (Tensor.sizeOf(shape) != data.length) {
            throw new IllegalArgumentException(data.length + " elements for shape " + Arrays.toString(shape));
        }
        return new FloatTensor(data, shape.clone());
    }

    /** A tensor of zeros. */
    public static FloatTensor zeros(int... shape) {
        return of(new float[Tensor.sizeOf(shape)], shape);
    }

    /** The element at an index, one number per axis. */
    public float at(int... index) {
        return data[Tensor.offset(shape, index)];
    }

    /** The array itself, row-major: read only. */
    public float[] data() {
        return data;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public int size() {
        return data.length;
    }

    /** The same elements, the same array, under another shape. */
    public FloatTensor reshape(int... newShape) {
        return of(data, newShape);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
