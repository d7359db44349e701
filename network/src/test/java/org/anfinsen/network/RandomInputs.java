package org.anfinsen.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.anfinsen.network.tensor.Tensor;

/** Random features of any size, nothing masked. */
public final class RandomInputs {
    private RandomInputs() {}

    public static NetworkInput of(NetworkDimensions sizes, int nRes, int nSeq, int nExtra, long seed) {
        Random random = new Random(seed);
        return new NetworkInput(
                Tensors.gaussian(random, 1, nRes, sizes.cTarget()),
                IntTensor.of(IntStream.range(0, nRes).toArray(), nRes),
                ones(nRes),
                Tensors.gaussian(random, 1, nSeq, nRes, sizes.cMsaFeat()),
                ones(nSeq, nRes),
                Tensors.gaussian(random, 1, nExtra, nRes, sizes.cExtraMsaFeat()),
                ones(nExtra, nRes),
                sizes.coevolutionChannels().isPresent()
                        ? Optional.of(Tensors.gaussian(
                                random,
                                1,
                                nRes,
                                nRes,
                                sizes.coevolutionChannels().getAsInt()))
                        : Optional.empty(),
                Optional.empty());
    }

    private static FloatTensor ones(int... shape) {
        float[] data = new float[Tensor.sizeOf(shape)];
        Arrays.fill(data, 1);
        return FloatTensor.of(data, shape);
    }
}
