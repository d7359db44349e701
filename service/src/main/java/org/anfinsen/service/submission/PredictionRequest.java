package org.anfinsen.service.submission;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a submission. Either {@code sequence} or {@code msa} must be there.
 *
 * @param name     what the caller calls it; null if there are several
 * @param sequence residues in one-letter codes, or FASTA
 * @param model    names of model packages; each may be several with commas between
 * @param models   predictions with each model
 * @param recycles how often the network's output is fed back
 * @param seed     seeds the choice of alignment rows
 * @param msa      an alignment as A3M text, its first row the query
 * @param databases names of databases to search for homologues
 * @param templates names of template libraries
 * @param maxTemplateDate the last day on which a template may have been released
 * @param maxTemplateIdentity largest share of a template's residues that are the query's
 */
@Schema(
        description =
                "Give sequence, or msa, or both with the sequence as the alignment's first row. It is one prediction,"
                        + " or as many as a FASTA in sequence has records.")
public record PredictionRequest(
        @Schema(description = "What you call it, if it is one; else each record has its own name", example = "crambin")
        @Nullable
        String name,

        @Schema(
                description = "Residues in one-letter codes, or FASTA",
                example = "TTCCPSIVARSNFNVCRLPGTPEALCATYTGCIIIPGATCPGDYAN")
        @Nullable
        String sequence,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Schema(
                implementation = String.class,
                description = "Name of a model package, or several with commas between or as an array, see /v1/models")
        @Nullable
        List<String> model,

        @Schema(
                description =
                        "Predictions with each model, from seeds that follow each other, at most 5 in all; each is"
                                + " a job, and they are ranked by pLDDT",
                minimum = "1",
                maximum = "5")
        @Nullable
        Integer models,

        @Schema(description = "How often the network's output is fed back", minimum = "0", maximum = "48") @Nullable
        Integer recycles,

        @Schema(description = "The same seed gives the same result", minimum = "0", maximum = "2147483647") @Nullable
        Long seed,

        @Schema(description = "An alignment as A3M text, its first row the query") @Nullable
        String msa,

        @Schema(
                description = "Databases to search for homologues, see /v1/databases; an empty list for none. The"
                        + " service's own choice if left out",
                example = "[\"swissprot\"]")
        @Nullable
        List<String> databases,

        @Schema(
                description = "Libraries in which templates are looked for, see /v1/templates; for models that take"
                        + " templates. None if left out",
                example = "[\"pdb\"]")
        @Nullable
        List<String> templates,

        @JsonProperty(RequestedTemplates.DATE_FIELD)
        @Schema(
                description = "Structures released after this day, or without a known day, are no templates",
                example = "2020-05-14")
        @Nullable
        String maxTemplateDate,

        @JsonProperty(RequestedTemplates.IDENTITY_FIELD)
        @Schema(
                description = "Largest share of a template's aligned residues that are the query's",
                minimum = "0",
                maximum = "1")
        @Nullable
        Double maxTemplateIdentity) {

    RequestedOptions options() {
        return new RequestedOptions(
                new RequestedNetworks(
                        model == null ? null : String.join(",", model),
                        recycles == null ? null : recycles.toString(),
                        models == null ? null : models.toString()),
                seed == null ? null : seed.toString(),
                databases,
                new RequestedTemplates(
                        templates,
                        maxTemplateDate,
                        maxTemplateIdentity == null ? null : maxTemplateIdentity.toString()));
    }
}
