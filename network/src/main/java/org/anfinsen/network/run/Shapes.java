package org.anfinsen.network.run;

import java.util.Arrays;
import org.anfinsen.network.tensor.Tensor;

/** Shape checks with a message that gives both shapes. */
final class Shapes {
    private Shapes() {}

    static void require(String name, Tensor tensor, int... expected) {
        if (!Arrays.equals(tensor.shape(), expected)) {
            throw new IllegalArgumentException(name + ": expected shape " + Arrays.toString(expected) + ", found "
                    + Arrays.toString(tensor.shape()));
        }
    }

    static void requireRank(String name, Tensor tensor, int rank) {
        if (tensor.rank() != rank) {
            throw new IllegalArgumentException(
                    name + ": expected " + rank + " axes, found shape " + Arrays.toString(tensor.shape()));
        }
    }
}
