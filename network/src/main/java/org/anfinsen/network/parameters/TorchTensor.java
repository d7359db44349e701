package org.anfinsen.network.parameters;

import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.anfinsen.network.tensor.Tensor;

/**
 * An array of a PyTorch checkpoint: where its values lie, not the values themselves.
 *
 * @param storage the values, which other arrays may share
 * @param offset of the first value in the storage
 * @param shape sizes of the axes
 * @param strides how many values further in the storage the next one along each axis lies
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record TorchTensor(Storage storage, long offset, int[] shape, long[] strides) {

    /** Kinds of number that parameters are kept in. */
    enum NumberType {
        FLOAT(Float.BYTES),
        HALF(Short.BYTES),
        BFLOAT16(Short.BYTES);

        private final int bytes;

        NumberType(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    /**
     * A member of the checkpoint.
     *
     * @param key its name, below {@code data/}
     * @param count how many values it has
     */
    record Storage(NumberType type, String key, long count) {}

    /** Checks that all values lie in the storage. */
    TorchTensor {
        boolean within = offset >= 0
                && strides.length == shape.length
                && Arrays.stream(strides).allMatch(stride -> stride >= 0)
                && Math.addExact(offset, extent(shape, strides)) <= storage.count();
        if (!within) {
            throw new ParameterException("an array of shape " + Arrays.toString(shape) + " from " + offset
                    + " on does not lie in " + storage.count() + " values");
        }
    }

    /** What {@code torch._utils._rebuild_tensor_v2} is called with: storage, offset, shape, strides, and others. */
    static TorchTensor of(Object[] arguments) {
        return new TorchTensor(
                (Storage) arguments[0],
                ((Number) arguments[1]).longValue(),
                numbers(arguments[2]).mapToInt(Math::toIntExact).toArray(),
                numbers(arguments[3]).toArray());
    }

    private static LongStream numbers(Object tuple) {
        return Stream.of((Object[]) tuple).mapToLong(number -> ((Number) number).longValue());
    }

    int size() {
        return Tensor.sizeOf(shape);
    }

    /** How many values of the storage, from the offset on, have to be read. */
    long extent() {
        return extent(shape, strides);
    }

    private static long extent(int[] shape, long[] strides) {
        if (Tensor.sizeOf(shape) == 0) {
            return 0;
        }
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1L, strides[axis]));
        }
        return last + 1;
    }

    /** A matrix with rows and columns exchanged; a vector as it is. */
    TorchTensor transposed() {
        return shape.length == 2
                ? new TorchTensor(storage, offset, new int[] {shape[1], shape[0]}, new long[] {strides[1], strides[0]})
                : this;
    }
}
