package org.anfinsen.network.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.anfinsen.network.parameters.Precision;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model is: the file {@code model.json} of a package.
 *
 * @param name lower-case letters, digits, dots, dashes and underscores; also the package's directory
 * @param version of this model, free text
 * @param created when the package was made
 * @param description one or two sentences for whoever chooses a model
 * @param licence of the parameters, as an SPDX expression where there is one
 * @param parametersSha256 checksum of {@code parameters.npz}, hexadecimal
 * @param precision how the parameters are kept and computed with; single precision where a card does not say
 * @param recycles passes after the first that a prediction takes unless told otherwise
 * @param features how the alignment becomes features, as in the model's training
 * @param descent how the chain is folded again from the distogram; null where the structure module has the last word, as
 *     in AlphaFold
 * @param provenance where the parameters come from: source, training data, command and the like
 * @param metrics measured qualities by name
 */
public record ModelCard(
        String name,
        String version,
        Instant created,
        String description,
        String licence,
        String parametersSha256,
        Precision precision,
        int recycles,
        Features features,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Descent descent,
        Map<String, String> provenance,
        Map<String, Double> metrics) {

    /**
     * Gradient descent over the backbone's atoms, on a potential made of the distogram: see {@code DescentSettings} in
     * {@code structure}. The fold's pLDDT is the lDDT that the distogram expects of it, scaled.
     *
     * @param rounds of descents; each after the first begins around the best so far
     * @param restarts descents of a round after the first
     * @param steps of a descent
     * @param restartNoiseAngstrom how far from the best fold the later rounds start, a standard deviation
     * @param torsionWeight pull towards the structure module's torsions, in units of the potential
     * @param hydrogenBondWeight for hydrogen bonds between peptides
     * @param clashWeight against atoms that are too near each other, in 1/Å²
     * @param bondWeight for bonds and angles as they are in peptides, in 1/Å²
     * @param plddtScale what the expected lDDT, 0-1, is multiplied with
     * @param plddtOffset what is added then
     */
    public record Descent(
            int rounds,
            int restarts,
            int steps,
            double restartNoiseAngstrom,
            double torsionWeight,
            double hydrogenBondWeight,
            double clashWeight,
            double bondWeight,
            double plddtScale,
            double plddtOffset) {}

    /**
     * How the alignment becomes features.
     *
     * @param msaClusters rows of the main MSA at most, the query included
     * @param extraMsa rows of the extra MSA at most
     * @param maskedFraction share of the main MSA's positions that is masked, 0 to 1; 0.15 in AlphaFold
     * @param queryAsExtra true if the query fills the extra MSA where there are no other rows, as in the training of
     *     our own networks; false for a masked row, as AlphaFold pads
     */
    public record Features(int msaClusters, int extraMsa, double maskedFraction, boolean queryAsExtra) {
        /** As AlphaFold's monomer models 3 to 5 are run. */
        public static final Features ALPHAFOLD = new Features(512, 5120, 0.15, false);

        /** Checks the ranges. */
        public Features {
            if (msaClusters < 1 || extraMsa < 1 || !(maskedFraction >= 0 && maskedFraction <= 1)) {
                throw new IllegalArgumentException("features of " + msaClusters + " clusters, " + extraMsa
                        + " extra rows, masked fraction " + maskedFraction);
            }
        }
    }

    /** Most recycles a card may ask for. */
    public static final int RECYCLES_MAX = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Checks name, checksum and recycles; copies the maps. */
    public ModelCard {
        requireName(name);
        Objects.requireNonNull(features, "features");
        precision = Objects.requireNonNullElse(precision, Precision.FP32);
        if (!SHA256.matcher(parametersSha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 checksum: " + parametersSha256);
        }
        if (recycles < 0 || recycles > RECYCLES_MAX) {
            throw new IllegalArgumentException(recycles + " recycles, allowed 0 to " + RECYCLES_MAX);
        }
        provenance = Map.copyOf(provenance);
        metrics = Map.copyOf(metrics);
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a model name: \"" + name + "\"; it must match " + NAME);
        }
    }

    /**
     * Reads a card.
     *
     * @throws ModelException if it is missing or not a card
     */
    static ModelCard read(Path file) {
        try {
            return JSON.readValue(file.toFile(), ModelCard.class);
        } catch (JacksonException e) {
            throw new ModelException("cannot read the model card " + file + ": " + e.getOriginalMessage(), e);
        }
    }

    void write(Path file) {
        ModelCard sorted = new ModelCard(
                name,
                version,
                created,
                description,
                licence,
                parametersSha256,
                precision,
                recycles,
                features,
                descent,
                new TreeMap<>(provenance),
                new TreeMap<>(metrics));
        JSON.writeValue(file.toFile(), sorted);
    }
}
