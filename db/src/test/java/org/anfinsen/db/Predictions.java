package org.anfinsen.db;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionOptions.AlignmentSource;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.protein.ProteinSequence;

/** Requests and results for tests. */
final class Predictions {

    /** Chignolin, PDB 5AWL. */
    static final String CHIGNOLIN = "YYDPETGTWY";

    private static final String SHA256 = "5a".repeat(32);

    private Predictions() {}

    /** The same seed means the same content, whatever the name. */
    static NewPrediction prediction(String name, long seed) {
        return prediction(name, seed, "default");
    }

    static NewPrediction prediction(String name, long seed, String model) {
        return new NewPrediction(
                new ProteinSequence(name, CHIGNOLIN),
                null,
                new PredictionOptions(model, SHA256, 3, seed, AlignmentSource.SINGLE_SEQUENCE),
                List.of());
    }

    static NewPrediction aligned(String name) {
        return new NewPrediction(
                new ProteinSequence(name, CHIGNOLIN),
                ">query\n" + CHIGNOLIN + "\n>other\nYYDPETGTaWY\n",
                new PredictionOptions("default", SHA256, 0, 7, AlignmentSource.SUPPLIED),
                List.of("lower case made upper case", "'*' at the end left out"));
    }

    static NewPrediction searched(String name, String version) {
        SearchPlan search = new SearchPlan(
                List.of(new SearchPlan.Target("swissprot", version, "ab12"), new SearchPlan.Target("server", "1", "")),
                "E <= 0.001");
        TemplatePlan templates = new TemplatePlan(
                List.of(new SearchPlan.Target("pdb", "2026-01-01T00:00:00Z", "cd34")),
                LocalDate.of(2020, 5, 14),
                0.95,
                "sequence, E <= 0.001");
        return new NewPrediction(
                new ProteinSequence(name, CHIGNOLIN),
                null,
                new PredictionOptions("default", SHA256, 3, 1, AlignmentSource.SEARCHED, search, templates),
                List.of());
    }

    static PredictionResult result(String structure) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("mean_plddt", 71.25);
        summary.put("cycles", 4);
        summary.put("alignment_rows", 1);
        summary.put("model_version", "1.0");
        return new PredictionResult(
                summary,
                List.of(
                        new Artifact("structure.pdb", "chemical/x-pdb", structure.getBytes(StandardCharsets.US_ASCII)),
                        new Artifact("features/msa.a3m", "text/plain", new byte[] {0, 1, (byte) 0xff})));
    }
}
