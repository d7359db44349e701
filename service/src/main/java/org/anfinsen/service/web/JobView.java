package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.anfinsen.pipeline.artifact.ResultPlots;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.Ensemble;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.service.file.ResultFileNames;
import org.jspecify.annotations.Nullable;

/** A job as callers see it. Members that have no value yet are left out. */
@Schema(
        name = "Job",
        description = "A prediction and where it stands",
        requiredProperties = {
            "id",
            "name",
            "state",
            "sequence",
            "length",
            "model",
            "recycles",
            "seed",
            "alignment",
            "notes",
            "attempt",
            "reused",
            "cancel_requested",
            "accepted",
            "stage_millis",
            "links"
        })
record JobView(
        UUID id,
        @Schema(example = "crambin") String name,

        @Schema(ref = STATE) String state,

        @Schema(description = "Residues after normalisation")
        String sequence,

        int length,
        String model,
        int recycles,
        long seed,

        @Schema(description = "Only if several predictions of the sequence were asked for") @Nullable
        EnsembleView ensemble,

        @Schema(allowableValues = {"single_sequence", "supplied", "searched"})
        String alignment,

        @Schema(
                description = "What is searched for the alignment; only if it is searched for. The result says what was"
                        + " found")
        @Nullable
        List<DatabaseView> databases,

        @Schema(description = "Where templates are looked for; only if any are wanted. The result says what was found")
        @Nullable
        TemplatesView templates,

        @Schema(description = "What was normalised in the input")
        List<String> notes,

        @Nullable ProgressView progress,

        @Schema(description = "1 is next; only while queued") @Nullable
        Integer queuePosition,

        @Schema(description = "How often a worker has taken it")
        int attempt,

        @Schema(description = "True if the result is that of an earlier job with the same content")
        boolean reused,

        boolean cancelRequested,
        Instant accepted,
        @Nullable Instant started,
        @Nullable Instant finished,

        @Schema(description = "Milliseconds spent in each state")
        Map<String, Long> stageMillis,

        @Schema(description = "Mean pLDDT and other figures; only when done") @Nullable
        Map<String, Object> result,

        @Nullable FailureView failure,
        @Schema(description = "Only when done") @Nullable List<FileView> files,
        Links links) {

    /** Where the description has the states. */
    static final String STATE = "#/components/schemas/JobState";

    /** What a job is ranked with. */
    @Schema(name = "Ensemble")
    record EnsembleView(
            @Schema(description = "The same for all jobs of the ensemble")
            UUID id,

            @Schema(description = "How many jobs there are; one that was removed counts no longer")
            int size,

            @Schema(
                    description = "1 for the highest mean pLDDT; only when done, and not before all of the ensemble"
                            + " have ended")
            @Nullable
            Integer rank) {

        static @Nullable EnsembleView of(@Nullable Ensemble ensemble) {
            return ensemble == null ? null : new EnsembleView(ensemble.id(), ensemble.size(), ensemble.rank());
        }
    }

    /** A database in the state that it had when the job was accepted. */
    @Schema(name = "SearchedDatabase")
    record DatabaseView(
            String name,
            String version,

            @Schema(description = "SHA-256 of its files; left out for a server") @Nullable
            String checksum) {

        static @Nullable List<DatabaseView> of(@Nullable SearchPlan search) {
            return search == null
                    ? null
                    : search.databases().stream().map(DatabaseView::of).toList();
        }

        private static DatabaseView of(SearchPlan.Target database) {
            return new DatabaseView(
                    database.name(), database.version(), database.checksum().isEmpty() ? null : database.checksum());
        }
    }

    /** Where templates are looked for, and which are left out. */
    @Schema(name = "SearchedTemplates")
    record TemplatesView(
            List<DatabaseView> libraries,

            @Schema(description = "Structures released after this day, or without a known day, are left out") @Nullable
            LocalDate maxTemplateDate,

            double maxTemplateIdentity) {

        static @Nullable TemplatesView of(@Nullable TemplatePlan plan) {
            return plan == null
                    ? null
                    : new TemplatesView(
                            plan.libraries().stream().map(DatabaseView::of).toList(),
                            plan.dateMax(),
                            plan.identityMax());
        }
    }

    /** How far the network is. */
    @Schema(name = "Progress")
    record ProgressView(
            @Schema(description = "Passes of the network that are finished")
            int cycle,

            int cycles,

            @Schema(description = "Of the last pass, 0 to 100") @Nullable
            Double meanPlddt,

            @Schema(description = "Against the pass before, in Å") @Nullable
            Double change) {

        static @Nullable ProgressView of(@Nullable PredictionProgress progress) {
            return progress == null
                    ? null
                    : new ProgressView(progress.cycle(), progress.cycles(), progress.meanPlddt(), progress.change());
        }
    }

    /** Why a job failed. */
    @Schema(name = "Failure")
    record FailureView(
            String code,

            @Schema(allowableValues = {"caller", "internal", "resources"})
            String category,

            String message) {

        static @Nullable FailureView of(@Nullable PredictionFailure failure) {
            return failure == null
                    ? null
                    : new FailureView(
                            failure.code(), failure.category().name().toLowerCase(Locale.ROOT), failure.message());
        }
    }

    /** One file of a result. */
    @Schema(name = "ResultFile")
    record FileView(
            @Schema(example = "structure.pdb") String name,
            String mediaType,

            @Schema(description = "Left out for plots, which are drawn when they are asked for") @Nullable
            Long bytes,

            @Schema(description = "Likewise") @Nullable String sha256,
            @Schema(description = "What it is saved as") String fileName,
            String url) {}

    /** Where to go from here. */
    @Schema(name = "Links")
    record Links(String self, String events, @Nullable String archive) {}

    static String address(UUID id) {
        return PredictionController.PATH + "/" + id;
    }

    static ResultFileNames fileNames(PredictionJob job) {
        ResultFileNames names = ResultFileNames.of(
                job.sequence().name(), job.options().model(), job.options().seed());
        Ensemble ensemble = job.ensemble();
        if (ensemble == null) {
            return names;
        }
        return ensemble.rank() == null ? names.unranked() : names.ranked(ensemble.rank());
    }

    static JobView of(PredictionJob job) {
        boolean done = job.state() == PredictionState.DONE;
        String address = address(job.id());
        return new JobView(
                job.id(),
                job.sequence().name(),
                job.state().spelling(),
                job.sequence().residues(),
                job.sequence().length(),
                job.options().model(),
                job.options().recycles(),
                job.options().seed(),
                EnsembleView.of(job.ensemble()),
                job.options().alignment().name().toLowerCase(Locale.ROOT),
                DatabaseView.of(job.options().search()),
                TemplatesView.of(job.options().templates()),
                job.notes(),
                ProgressView.of(job.progress()),
                job.queuePosition(),
                job.attempt(),
                job.reused(),
                job.cancelRequested(),
                job.accepted(),
                job.started(),
                job.finished(),
                inOrder(job.stageMillis()),
                job.summary(),
                FailureView.of(job.failure()),
                done ? files(job) : null,
                new Links(address, address + "/events", done ? address + "/" + FileController.ARCHIVE : null));
    }

    private static List<FileView> files(PredictionJob job) {
        ResultFileNames names = fileNames(job);
        String address = address(job.id()) + "/";
        List<FileView> files = new ArrayList<>();
        for (Artifact.Description file : job.artifacts()) {
            String name = file.name();
            files.add(new FileView(name, file.mediaType(), file.size(), file.sha256(), names.of(name), address + name));
        }
        for (String name : ResultFiles.plots(job)) {
            files.add(new FileView(name, ResultPlots.mediaType(name), null, null, names.of(name), address + name));
        }
        return files;
    }

    private static Map<String, Long> inOrder(Map<String, Long> stageMillis) {
        Map<String, Long> ordered = new LinkedHashMap<>();
        for (PredictionState state : PredictionState.values()) {
            Long millis = stageMillis.get(state.spelling());
            if (millis != null) {
                ordered.put(state.spelling(), millis);
            }
        }
        return ordered;
    }
}
