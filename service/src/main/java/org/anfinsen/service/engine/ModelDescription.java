package org.anfinsen.service.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.anfinsen.network.parameters.Precision;

/**
 * A model package that can be used: its card.
 *
 * @param name       what requests call it
 * @param version    of the package
 * @param created    when the package was made
 * @param description what it is, for whoever chooses
 * @param licence    of its parameters
 * @param precision  what its parameters are kept in: fp32, fp16, int8-weights, or int8, which it computes in too
 * @param recycles   what it takes when a request does not say
 * @param sha256     of the parameters' file, hexadecimal
 * @param provenance where the parameters come from
 * @param metrics    measured qualities by name
 * @param standard   true for the one taken when a request names none
 */
@Schema(name = "Model")
public record ModelDescription(
        String name,
        String version,
        Instant created,
        String description,
        String licence,
        Precision precision,
        int recycles,
        String sha256,
        Map<String, String> provenance,
        Map<String, Double> metrics,
        @JsonProperty("default") boolean standard) {}
