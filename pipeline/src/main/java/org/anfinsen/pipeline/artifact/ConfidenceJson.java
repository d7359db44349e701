package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.pipeline.confidence.PredictedAlignedError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Confidence as the field's JSON files: ColabFold's scores, the AlphaFold database's predicted aligned error. */
final class ConfidenceJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ConfidenceJson() {}

    /**
     * ColabFold's {@code scores} file: {@code plddt} (0-100, two decimals), and where the model has the head
     * {@code max_pae}, {@code pae} (Å, two decimals) and {@code ptm} (two decimals), in that order.
     */
    static byte[] scores(Plddt plddt, @Nullable PredictedAlignedError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("plddt");
            json.writeStartArray();
            for (int i = 0; i < plddt.length(); i++) {
                json.writeNumber(rounded(plddt.at(i)));
            }
            json.writeEndArray();
            if (error != null) {
                json.writeName("max_pae");
                json.writeNumber(rounded(error.largest()));
                json.writeName("pae");
                writePairs(json, error);
                json.writeName("ptm");
                json.writeNumber(rounded(error.ptm()));
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /**
     * The AlphaFold database's file: an array of one object with {@code predicted_aligned_error} (Å, whole numbers; row i
     * is aligned on residue i) and {@code max_predicted_aligned_error}.
     */
    static byte[] predictedAlignedError(PredictedAlignedError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            json.writeStartObject();
            json.writeName("predicted_aligned_error");
            json.writeStartArray();
            for (int i = 0; i < error.length(); i++) {
                json.writeStartArray();
                for (int j = 0; j < error.length(); j++) {
                    json.writeNumber((int) Math.round(error.at(i, j)));
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeName("max_predicted_aligned_error");
            json.writeNumber(rounded(error.maxAngstrom()));
            json.writeEndObject();
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    /**
     * ColabFold's file of the same content: one object, not in an array; Å with two decimals, and the largest entry as
     * {@code max_predicted_aligned_error}.
     */
    static byte[] colabFoldAlignedError(PredictedAlignedError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("predicted_aligned_error");
            writePairs(json, error);
            json.writeName("max_predicted_aligned_error");
            json.writeNumber(rounded(error.largest()));
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writePairs(JsonGenerator json, PredictedAlignedError error) {
        json.writeStartArray();
        for (int i = 0; i < error.length(); i++) {
            json.writeStartArray();
            for (int j = 0; j < error.length(); j++) {
                json.writeNumber(rounded(error.at(i, j)));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    }
}
