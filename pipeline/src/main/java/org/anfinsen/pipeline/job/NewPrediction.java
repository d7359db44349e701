package org.anfinsen.pipeline.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.anfinsen.protein.ProteinSequence;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as it is asked for, checked and normalised, and not yet accepted.
 *
 * @param sequence the query
 * @param a3m      the alignment that came with it, query first, as A3M text; null without one
 * @param options  what it is to be made with
 * @param notes    what was normalised in the input, in sentences for the user
 * @param ensemble names the predictions of one chain that are ranked with each other; null for one that stands alone
 * @throws IllegalArgumentException if an alignment is promised and missing, or the reverse
 */
public record NewPrediction(
        ProteinSequence sequence,
        @Nullable String a3m,
        PredictionOptions options,
        List<String> notes,
        @Nullable UUID ensemble) {

    public NewPrediction {
        Objects.requireNonNull(sequence, "sequence");
        Objects.requireNonNull(options, "options");
        notes = List.copyOf(notes);
        if ((a3m != null) != (options.alignment() == PredictionOptions.AlignmentSource.SUPPLIED)) {
            throw new IllegalArgumentException("options say alignment " + options.alignment() + ", but the request "
                    + (a3m == null ? "has none" : "has one"));
        }
    }

    /** One that stands alone. */
    public NewPrediction(
            ProteinSequence sequence, @Nullable String a3m, PredictionOptions options, List<String> notes) {
        this(sequence, a3m, options, notes, null);
    }

    /**
     * SHA-256 over everything that determines the result, and neither name nor ensemble: two predictions with one content
     * hash are computed once.
     */
    public String contentHash() {
        List<String> parts = new ArrayList<>(List.of(
                sequence.residues(),
                options.model(),
                options.modelSha256(),
                Integer.toString(options.recycles()),
                Long.toString(options.seed()),
                options.alignment().name(),
                a3m == null ? "" : a3m));
        SearchPlan search = options.search();
        if (search != null) {
            parts.add(search.settings());
            for (SearchPlan.Target target : search.databases()) {
                parts.addAll(List.of(target.name(), target.version(), target.checksum()));
            }
        }
        TemplatePlan templates = options.templates();
        if (templates != null) {
            parts.addAll(List.of(
                    "templates",
                    templates.settings(),
                    String.valueOf(templates.dateMax()),
                    Double.toString(templates.identityMax())));
            for (SearchPlan.Target target : templates.libraries()) {
                parts.addAll(List.of(target.name(), target.checksum()));
            }
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
