package org.anfinsen.pipeline.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a finished prediction leaves behind.
 *
 * @param summary   numbers and words for the job's JSON: {@code mean_plddt} (0-100), {@code ptm} where the model has the
 *                  head, {@code cycles} run, {@code alignment_rows}, {@code neff}, {@code model_version}; in this order
 * @param artifacts the files
 */
public record PredictionResult(Map<String, Object> summary, List<Artifact> artifacts) {

    public PredictionResult {
        summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
        artifacts = List.copyOf(artifacts);
    }
}
