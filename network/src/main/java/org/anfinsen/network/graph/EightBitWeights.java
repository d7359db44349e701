package org.anfinsen.network.graph;

import org.anfinsen.network.tensor.FloatTensor;

/**
 * Weights of a linear layer as integers of -{@value #LARGEST} to {@value #LARGEST}, with a scale for each output. The
 * eighth bit is left free: with it, processors that have AVX2 but not VNNI would add up two products in 16 bits and
 * overflow.
 */
public final class EightBitWeights {
    private static final int LARGEST = 63;

    private final byte[] integers;
    private final FloatTensor scales;

    private EightBitWeights(byte[] integers, FloatTensor scales) {
        this.integers = integers;
        this.scales = scales;
    }

    /** The nearest to {@code weights [in, out]}. */
    public static EightBitWeights of(FloatTensor weights) {
        int out = weights.dimension(1);
        float[] data = weights.data();
        float[] scales = new float[out];
        for (int k = 0; k < data.length; k++) {
            scales[k % out] = Math.max(scales[k % out], Math.abs(data[k]) / LARGEST);
        }
        byte[] integers = new byte[data.length];
        for (int k = 0; k < data.length; k++) {
            float scale = scales[k % out];
            integers[k] = (byte) (scale == 0 ? 0 : Math.round(data[k] / scale));
        }
        return new EightBitWeights(integers, FloatTensor.of(scales, out));
    }

    /** Row-major, {@code [in, out]}: read only. */
    byte[] integers() {
        return integers;
    }

    /** What an integer is multiplied with, {@code [out]}. */
    FloatTensor scales() {
        return scales;
    }

    int in() {
        return integers.length / out();
    }

    int out() {
        return scales.size();
    }
}
