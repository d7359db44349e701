package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.InvalidTargetsException;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.pipeline.benchmark.PeerScores;
import org.anfinsen.pipeline.benchmark.TargetFolder;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.webhook.WebhookDispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Accepts sets of targets. */
@RestController
@Tag(name = "benchmarks")
final class BenchmarkSubmissionController {

    private static final String ZIP = "application/zip";
    private static final String TARGETS = "targets";
    private static final String COMPARE = "compare";

    private final BenchmarkStore store;
    private final Benchmarks benchmarks;
    private final RequestBodies bodies;
    private final LimitSettings limits;
    private final ModelCatalog models;
    private final WebhookDispatcher webhooks;
    private final String defaultModel;

    BenchmarkSubmissionController(
            BenchmarkStore store,
            Benchmarks benchmarks,
            RequestBodies bodies,
            LimitSettings limits,
            ModelCatalog models,
            WebhookDispatcher webhooks,
            PredictionSettings defaults) {
        this.store = store;
        this.benchmarks = benchmarks;
        this.bodies = bodies;
        this.limits = limits;
        this.models = models;
        this.webhooks = webhooks;
        this.defaultModel = defaults.model();
    }

    @Operation(
            operationId = "submitBenchmark",
            summary = "Submits a set of targets",
            description = "A zip: NAME.fasta, optionally NAME.a3m (alignment), NAME.pdb or NAME-D1.pdb (natives) and"
                    + " domains.tsv. A target that cannot be read is reported as failed; the others are predicted. With"
                    + " scores of other methods to compare with it is a form. Every prediction counts as a job of the"
                    + " caller's.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                        // Without named fields, as of predictions: see SubmissionController.
                                        schema = @Schema(type = "object"),
                                        additionalPropertiesSchema =
                                                @Schema(
                                                        type = "string",
                                                        format = "binary",
                                                        description = "targets: the zip; compare: scores of other"
                                                                + " methods, TSV or CSV: method, domain, TM-score,"
                                                                + " GDT_TS"))
                            }))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted",
            headers =
                    @Header(
                            name = SubmissionController.WEBHOOK_SECRET,
                            description =
                                    "Where a webhook was asked for: the key of its signature, as Standard Webhooks"
                                            + " writes it",
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "429", ref = "#/components/responses/Problem")
    @PostMapping(
            path = BenchmarkController.PATH,
            consumes = {ZIP, MediaType.MULTIPART_FORM_DATA_VALUE})
    ResponseEntity<BenchmarkView> submit(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(description = "What to call it") @RequestParam(required = false) @Nullable String name,
            @Parameter(description = "Names of model packages, with commas between, see /v1/models")
                    @RequestParam(required = false)
                    @Nullable
                    String model,
            @Parameter(description = "How often a network's output is fed back")
                    @RequestParam(required = false)
                    @Nullable
                    String recycles,
            @Parameter(
                            description = "Predictions of each target with each model, from seeds 0, 1, …; at most 5 in"
                                    + " all, ranked by pLDDT")
                    @RequestParam(name = "models", required = false)
                    @Nullable
                    Integer modelsPerTarget,
            @Parameter(description = "Leave longer targets out")
                    @RequestParam(name = "max_length", required = false)
                    @Nullable
                    Integer maxLength,
            @Parameter(description = "Take only so many targets, the shortest")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = SubmissionController.WEBHOOK) @RequestParam(required = false) @Nullable
                    String webhook)
            throws IOException {
        BenchmarkRequest options = new BenchmarkRequest(name, model, recycles, modelsPerTarget, maxLength, limit);
        String checkedName = options.checkedName();
        URI address = webhook == null ? null : webhooks.address(webhook);
        Path zip = Files.createTempFile("benchmark", ".zip");
        try {
            BenchmarkSettings settings = options.settings(models, defaultModel, receive(request, zip));
            try (FileSystem files = FileSystems.newFileSystem(zip)) {
                TargetFolder targets =
                        new TargetFolder(files.getRootDirectories().iterator().next(), options.targetLimits(limits));
                Benchmark accepted = benchmarks.accept(
                        checkedName, targets, settings, Caller.current().submitter());
                ResponseEntity.BodyBuilder answer =
                        ResponseEntity.accepted().location(URI.create(BenchmarkController.PATH + "/" + accepted.id()));
                if (address != null) {
                    answer.header(SubmissionController.WEBHOOK_SECRET, webhooks.onBenchmark(address, accepted.id()));
                }
                benchmarks.start(accepted.id());
                return answer.body(
                        BenchmarkView.of(accepted, store.counts(accepted.id()), benchmarks.status(accepted.id())));
            }
        } catch (InvalidTargetsException e) {
            throw invalid(TARGETS, String.valueOf(e.getMessage()), "Send FASTA files or alignments in the zip");
        } catch (ProviderNotFoundException | ZipException e) {
            throw invalid(TARGETS, "this is not a zip", "Send a zip of FASTA files");
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    /** Writes the zip of the request to a file, and reads what the targets are to be compared with. */
    private List<PeerScore> receive(HttpServletRequest request, Path zip) throws IOException {
        if (!(request instanceof MultipartHttpServletRequest form)) {
            Files.write(zip, bodies.bytes(request));
            return List.of();
        }
        MultipartFile targets = form.getFile(TARGETS);
        if (targets == null || form.getFiles(TARGETS).size() > 1) {
            throw new ProblemException(Problem.MALFORMED_MULTIPART, "one part " + TARGETS + " with a zip is needed");
        }
        Files.write(zip, targets.getBytes());
        List<PeerScore> peers = new ArrayList<>();
        for (MultipartFile part : form.getFiles(COMPARE)) {
            String source = Objects.requireNonNullElse(part.getOriginalFilename(), COMPARE);
            try {
                peers.addAll(PeerScores.read(source, new String(part.getBytes(), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw invalid(COMPARE, String.valueOf(e.getMessage()), "Send columns method, domain, TM-score, GDT_TS");
            }
        }
        return peers;
    }

    private static ProblemException invalid(String field, String found, String remedy) {
        InputError error = InputError.ofField("invalid-targets", field, found, remedy);
        return new ProblemException(Problem.INVALID_INPUT, error.message(), List.of(error));
    }
}
