package org.anfinsen.network.parameters;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a package keeps its parameters, and what the network computes in. */
public enum Precision {
    /** Single precision, as published. */
    FP32("fp32"),
    /** IEEE 754 half precision: half the size, 11 significant bits. */
    FP16("fp16"),
    /** Eight-bit integers with a scale for each 32 consecutive values of an array: a little over a quarter. */
    INT8_WEIGHTS("int8-weights"),
    /**
     * Kept like {@link #INT8_WEIGHTS}, and on the CPU the linear layers of the Evoformer and the stacks before it multiply in
     * eight-bit integers. All others compute in single precision.
     */
    INT8("int8");

    private final String label;

    Precision(String label) {
        this.label = label;
    }

    /**
     * The precision of that name.
     *
     * @throws IllegalArgumentException naming the ones there are
     */
    @JsonCreator
    public static Precision of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no precision '" + label + "', choose one of: "
                        + Arrays.stream(values()).map(Precision::toString).collect(Collectors.joining(", "))));
    }

    @JsonValue
    @Override
    public String toString() {
        return label;
    }
}
