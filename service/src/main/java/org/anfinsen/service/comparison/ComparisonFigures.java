package org.anfinsen.service.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anfinsen.structure.score.ComparisonScores;
import org.jspecify.annotations.Nullable;

/**
 * Scores of a model against its native, rounded, under the names that the field gives them. Scores are 0 to 1, 1 being best.
 *
 * @param rmsd             C-alpha RMSD in Å over the residues compared, after the best superposition of all of them
 * @param gdtTs            GDT_TS over C-alpha
 * @param gdtHa            GDT_HA over C-alpha
 * @param tmScore          TM-score over C-alpha, normalised by the native's length
 * @param lddt             lDDT over C-alpha
 * @param lddtAllAtoms     lDDT over all heavy atoms; null if one of the two has C-alpha atoms only
 * @param residuesCompared residues that have a C-alpha atom in both
 * @param modelLength      residues of the model
 * @param nativeLength     residues of the native that have a C-alpha atom
 * @param matchedBy        what decided which residue is compared with which
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ComparisonFigures")
public record ComparisonFigures(
        @Schema(description = "C-alpha RMSD in Å") double rmsd,
        @JsonProperty("gdt_ts") double gdtTs,
        @JsonProperty("gdt_ha") double gdtHa,
        @JsonProperty("tm_score") double tmScore,
        double lddt,
        @JsonProperty("lddt_all_atoms") @Nullable Double lddtAllAtoms,
        @JsonProperty("residues_compared") int residuesCompared,
        @JsonProperty("model_length") int modelLength,
        @JsonProperty("native_length") int nativeLength,

        @JsonProperty("matched_by") @Schema(allowableValues = {"residue numbers", "alignment of the sequences"})
        String matchedBy) {

    /** Rounds: RMSD to three decimals, scores to four. */
    public static ComparisonFigures of(ComparisonScores scores) {
        return new ComparisonFigures(
                rounded(scores.rmsd(), 3),
                rounded(scores.gdtTs(), 4),
                rounded(scores.gdtHa(), 4),
                rounded(scores.tmScore(), 4),
                rounded(scores.lddt(), 4),
                scores.lddtAllAtoms().isPresent()
                        ? rounded(scores.lddtAllAtoms().getAsDouble(), 4)
                        : null,
                scores.matched(),
                scores.modelLength(),
                scores.nativeLength(),
                scores.byNumber() ? "residue numbers" : "alignment of the sequences");
    }

    /** The figures by their names in JSON, in this order, without those that are not known. */
    public Map<String, Object> named() {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("rmsd", rmsd);
        named.put("gdt_ts", gdtTs);
        named.put("gdt_ha", gdtHa);
        named.put("tm_score", tmScore);
        named.put("lddt", lddt);
        if (lddtAllAtoms != null) {
            named.put("lddt_all_atoms", lddtAllAtoms);
        }
        named.put("residues_compared", residuesCompared);
        named.put("model_length", modelLength);
        named.put("native_length", nativeLength);
        named.put("matched_by", matchedBy);
        return named;
    }

    private static double rounded(double value, int digits) {
        return Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
