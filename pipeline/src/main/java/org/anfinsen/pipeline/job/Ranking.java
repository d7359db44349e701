package org.anfinsen.pipeline.job;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The order of several predictions of one chain, as AlphaFold has it for monomers: the highest mean pLDDT first. */
public final class Ranking {

    private Ranking() {}

    /**
     * Sorts predictions; the first has rank 1.
     *
     * @param predictions equal ones stay in this order
     * @param meanPlddt   0 to 100
     */
    public static <T> List<T> byMeanPlddt(List<T> predictions, ToDoubleFunction<T> meanPlddt) {
        return predictions.stream()
                .sorted(Comparator.comparingDouble(meanPlddt).reversed())
                .toList();
    }

    /**
     * The mean pLDDT of a result, 0 where the network has no head for it.
     *
     * @param summary see {@link PredictionResult#summary()}
     */
    public static double meanPlddt(Map<String, Object> summary) {
        return summary.get("mean_plddt") instanceof Number number ? number.doubleValue() : 0;
    }
}
