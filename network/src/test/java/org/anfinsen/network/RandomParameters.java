package org.anfinsen.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;

/** Parameters of given names and shapes, random, of sizes that keep activations near 1. */
public final class RandomParameters {
    private RandomParameters() {}

    /** From lines {@code name TAB shape TAB dtype}, the shape comma-separated; the first line is a heading. */
    public static Parameters of(List<String> lines, long seed) {
        Random random = new Random(seed);
        Map<String, FloatTensor> arrays = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            int[] shape = Arrays.stream(columns[1].split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            arrays.put(columns[0], array(columns[0], shape, random));
        }
        return new Parameters(arrays);
    }

    private static FloatTensor array(String name, int[] shape, Random random) {
        String leaf = name.substring(name.indexOf("//") + 2);
        float[] data = new float[Tensor.sizeOf(shape)];
        // All but the last axis feed into one output; a stack's block axis only makes the numbers smaller.
        double deviation = 1 / Math.sqrt((double) data.length / shape[shape.length - 1]);
        for (int i = 0; i < data.length; i++) {
            data[i] = leaf.equals("scale") ? 1 : (float) (random.nextGaussian() * deviation);
        }
        return FloatTensor.of(data, shape);
    }
}
