package org.anfinsen.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;

/** Arithmetic and comparison of tensors in tests. */
public final class Tensors {
    private Tensors() {}

    public static FloatTensor add(FloatTensor... terms) {
        float[] sum = terms[0].data().clone();
        for (int term = 1; term < terms.length; term++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += terms[term].data()[i];
            }
        }
        return FloatTensor.of(sum, terms[0].shape());
    }

    /** Normally distributed numbers of mean 0. */
    public static FloatTensor gaussian(Random random, double deviation, int... shape) {
        float[] data = new float[Tensor.sizeOf(shape)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (deviation * random.nextGaussian());
        }
        return FloatTensor.of(data, shape);
    }

    /** Root mean square of the difference over that of the expected values. */
    public static double relativeError(FloatTensor expected, FloatTensor actual) {
        double differences = 0;
        double values = 0;
        for (int i = 0; i < expected.size(); i++) {
            differences += Math.pow(actual.data()[i] - expected.data()[i], 2);
            values += Math.pow(expected.data()[i], 2);
        }
        return Math.sqrt(differences / values);
    }

    /** One index of the first axis; a negative one counts from the end. */
    public static FloatTensor slice(FloatTensor tensor, int index) {
        int[] shape = Arrays.copyOfRange(tensor.shape(), 1, tensor.rank());
        int size = Tensor.sizeOf(shape);
        int start = (index < 0 ? tensor.dimension(0) + index : index) * size;
        return FloatTensor.of(Arrays.copyOfRange(tensor.data(), start, start + size), shape);
    }

    /** N, CA and C are the first three of the 37 atoms. */
    public static FloatTensor backboneMask(FloatTensor atoms) {
        int width = atoms.dimension(2);
        float[] mask = new float[atoms.size() / width];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = atoms.data()[i * width] * atoms.data()[i * width + 1] * atoms.data()[i * width + 2];
        }
        return FloatTensor.of(mask, atoms.dimension(0), atoms.dimension(1));
    }

    /** Zero where the mask of the leading axes is zero, so that only unmasked positions are compared. */
    public static FloatTensor masked(FloatTensor tensor, FloatTensor mask) {
        int width = tensor.size() / mask.size();
        float[] data = tensor.data().clone();
        for (int i = 0; i < data.length; i++) {
            data[i] *= mask.data()[i / width];
        }
        return FloatTensor.of(data, tensor.shape());
    }

    /** The largest difference, relative to the largest expected value, is at most the tolerance. */
    public static void assertClose(String name, FloatTensor actual, FloatTensor expected, double tolerance) {
        assertThat(actual.shape()).as("shape of " + name).isEqualTo(expected.shape());
        double largest = 1e-30;
        double worst = 0;
        int at = 0;
        for (int i = 0; i < expected.size(); i++) {
            largest = Math.max(largest, Math.abs(expected.data()[i]));
            double difference = Math.abs(actual.data()[i] - expected.data()[i]);
            if (!(difference <= worst)) {
                worst = difference;
                at = i;
            }
        }
        assertThat(worst / largest)
                .as(
                        "%s: largest difference %g at element %d (%g, expected %g), relative to %g",
                        name,
                        worst,
                        at,
                        actual.size() == 0 ? 0 : actual.data()[at],
                        expected.size() == 0 ? 0 : expected.data()[at],
                        largest)
                .isLessThanOrEqualTo(tolerance);
    }
}
