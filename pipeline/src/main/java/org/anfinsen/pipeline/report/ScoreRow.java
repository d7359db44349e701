package org.anfinsen.pipeline.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anfinsen.pipeline.benchmark.AlignmentFigures;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.DomainScores;
import org.anfinsen.pipeline.benchmark.DomainScores.ContactPrecisions;
import org.jspecify.annotations.Nullable;

/** One line of the table of scores: a native with the target it belongs to. */
record ScoreRow(String target, int length, @Nullable AlignmentFigures alignment, DomainScores scores) {

    static List<ScoreRow> of(BenchmarkTarget target) {
        return target.scores().stream()
                .map(scores -> new ScoreRow(target.name(), target.residues().length(), target.alignment(), scores))
                .toList();
    }

    /** Names and values of the columns, in their order; null where there is no value. */
    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("domain", scores.domain());
        columns.put("target", target);
        columns.put("target_length", length);
        columns.put("native_length", scores.nativeLength());
        columns.put("residues_compared", scores.matched());
        columns.put("matched_by", scores.byNumber() ? "number" : "alignment");
        columns.put("alignment_rows", alignment == null ? null : alignment.rows());
        columns.put("neff", alignment == null ? null : rounded(alignment.neff(), 1));
        columns.put("tm_score", rounded(scores.tmScore(), 4));
        columns.put("tm_score_best_of_models", rounded(scores.bestTmScore(), 4));
        columns.put("gdt_ts", rounded(scores.gdtTs(), 4));
        columns.put("gdt_ha", rounded(scores.gdtHa(), 4));
        columns.put("lddt", rounded(scores.lddt(), 4));
        columns.put("lddt_all_atoms", rounded(scores.lddtAllAtoms(), 4));
        columns.put("rmsd", rounded(scores.rmsd(), 2));
        columns.put("mean_plddt", rounded(scores.meanPlddt(), 1));
        put(columns, "contacts", scores.contacts());
        put(columns, "dca_contacts", scores.dcaContacts());
        return columns;
    }

    private static void put(
            Map<String, @Nullable Object> columns, String name, @Nullable ContactPrecisions precisions) {
        columns.put(name + "_l5", precisions == null ? null : rounded(precisions.fifth(), 3));
        columns.put(name + "_l2", precisions == null ? null : rounded(precisions.half(), 3));
        columns.put(name + "_l", precisions == null ? null : rounded(precisions.full(), 3));
    }

    private static @Nullable Double rounded(@Nullable Double value, int digits) {
        return value == null ? null : Double.valueOf(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
