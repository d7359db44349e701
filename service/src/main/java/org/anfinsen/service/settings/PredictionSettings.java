package org.anfinsen.service.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How predictions are made: {@code anfinsen.prediction.*}.
 *
 * @param model           the model package taken when a request names none
 * @param settledAngstrom recycling stops early when no more than this moves from one pass to the next: root mean square
 *                        change of the C-alpha distances, in Å; 0 never stops early
 * @param loadedModels    networks that stay in memory
 * @param threads         CPU threads of one operation of the network; 0 takes all cores
 */
@ConfigurationProperties("anfinsen.prediction")
public record PredictionSettings(
        @DefaultValue("anfinsen-1") String model,
        @DefaultValue("0.1") double settledAngstrom,
        @DefaultValue("2") int loadedModels,
        @DefaultValue("0") int threads) {

    public PredictionSettings {
        if (!(settledAngstrom >= 0)) {
            throw new IllegalArgumentException(
                    "anfinsen.prediction.settled-angstrom is " + settledAngstrom + ", must not be negative");
        }
    }
}
