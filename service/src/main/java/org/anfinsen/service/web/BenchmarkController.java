package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.InvalidTargetsException;
import org.anfinsen.pipeline.benchmark.TargetFolder;
import org.anfinsen.pipeline.benchmark.TargetLimits;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.submission.RequestedOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accepts sets of targets, and shows how far they are and what came of them. */
@RestController
@RequestMapping(BenchmarkController.PATH)
@Tag(name = "benchmarks")
final class BenchmarkController {

    static final String PATH = "/v1/benchmarks";

    private static final int PAGE_MAX = 200;
    private static final int NAME_MAX = 200;

    private final BenchmarkStore store;
    private final Benchmarks benchmarks;
    private final RequestBodies bodies;
    private final LimitSettings limits;
    private final ModelCatalog models;
    private final String defaultModel;

    BenchmarkController(
            BenchmarkStore store,
            Benchmarks benchmarks,
            RequestBodies bodies,
            LimitSettings limits,
            ModelCatalog models,
            PredictionSettings defaults) {
        this.store = store;
        this.benchmarks = benchmarks;
        this.bodies = bodies;
        this.limits = limits;
        this.models = models;
        this.defaultModel = defaults.model();
    }

    /**
     * A benchmark.
     *
     * @param state   queued, running, stopped, failed or done
     * @param targets how many targets are in each state
     * @param report  address of the page, there once the state is done
     */
    @Schema(name = "Benchmark")
    record View(
            UUID id,
            String name,
            String state,
            String model,
            int recycles,
            int models,
            Map<String, Integer> targets,
            Instant accepted,
            String report) {}

    /** A page of benchmarks, newest first. */
    @Schema(name = "Benchmarks")
    record ListView(List<View> benchmarks) {}

    /** A page of targets by name; ask for those after the last one. */
    @Schema(name = "BenchmarkTargets")
    record TargetsView(List<TargetView> targets) {}

    /** A target and its scores. */
    @Schema(name = "BenchmarkTarget")
    record TargetView(
            String name,
            int length,
            String state,
            Object predictions,
            Object scores,
            @Nullable String failedStage,
            @Nullable String failure) {
        static TargetView of(BenchmarkTarget target) {
            return new TargetView(
                    target.name(),
                    target.residues().length(),
                    target.state().spelling(),
                    target.predictions(),
                    target.scores(),
                    target.failedStage(),
                    target.failure());
        }
    }

    @Operation(
            summary = "Submits a set of targets",
            description = "A zip: NAME.fasta, optionally NAME.a3m (alignment), NAME.pdb or NAME-D1.pdb (natives) and"
                    + " domains.tsv. A target that cannot be read is reported as failed; the others are predicted.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "202", description = "Accepted")
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/Problem")
    @PostMapping(consumes = "application/zip")
    ResponseEntity<View> submit(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(description = "What to call it") @RequestParam(defaultValue = "benchmark") String name,
            @Parameter(description = "Name of a model package, see /v1/models")
                    @RequestParam(required = false)
                    @Nullable
                    String model,
            @Parameter(description = "How often the network's output is fed back")
                    @RequestParam(required = false)
                    @Nullable
                    String recycles,
            @Parameter(description = "Predictions of each target, 1 to 5, ranked by pLDDT")
                    @RequestParam(name = "models", defaultValue = "1")
                    int modelsPerTarget,
            @Parameter(description = "Leave longer targets out")
                    @RequestParam(name = "max_length", defaultValue = "2147483647")
                    int maxLength,
            @Parameter(description = "Take only so many targets, the shortest")
                    @RequestParam(defaultValue = "2147483647")
                    int limit)
            throws IOException {
        requirePrintable("name", name);
        requirePositive("max_length", maxLength);
        requirePositive("limit", limit);
        BenchmarkSettings settings = settings(model, recycles, modelsPerTarget);
        Path zip = Files.createTempFile("benchmark", ".zip");
        try {
            Files.write(zip, bodies.bytes(request));
            try (FileSystem files = FileSystems.newFileSystem(zip)) {
                TargetLimits chosen = targetLimits().choosing(maxLength, limit);
                TargetFolder targets =
                        new TargetFolder(files.getRootDirectories().iterator().next(), chosen);
                Benchmark accepted = benchmarks.accept(name, targets, settings);
                benchmarks.start(accepted.id());
                return ResponseEntity.accepted()
                        .location(URI.create(PATH + "/" + accepted.id()))
                        .body(view(accepted));
            }
        } catch (InvalidTargetsException e) {
            throw invalid("targets", String.valueOf(e.getMessage()), "Send FASTA files or alignments in the zip");
        } catch (ProviderNotFoundException | java.util.zip.ZipException e) {
            throw invalid("body", "this is not a zip", "Send a zip of FASTA files");
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private BenchmarkSettings settings(@Nullable String model, @Nullable String recycles, int modelsPerTarget) {
        List<InputError> errors = new ArrayList<>();
        RequestedOptions.CheckedModel checked =
                new RequestedOptions(model, recycles, null, null).checkModel(models.models(), defaultModel, errors);
        if (modelsPerTarget < 1 || modelsPerTarget > BenchmarkSettings.MODELS_MAX) {
            errors.add(InputError.ofField(
                    "out-of-range",
                    "models",
                    "'" + modelsPerTarget + "'",
                    "Give a whole number from 1 to " + BenchmarkSettings.MODELS_MAX));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_OPTION, errors.getFirst().message(), errors);
        }
        return new BenchmarkSettings(checked.name(), checked.sha256(), checked.recycles(), modelsPerTarget, List.of());
    }

    private TargetLimits targetLimits() {
        return new TargetLimits(
                TargetLimits.DEFAULT.targetsMax(),
                limits.maxResidues(),
                Integer.MAX_VALUE,
                limits.maxAlignmentText().toBytes(),
                TargetLimits.DEFAULT.sequences(),
                limits.alignments());
    }

    private static void requirePrintable(String field, String value) {
        if (value.isBlank() || value.length() > NAME_MAX || value.chars().anyMatch(Character::isISOControl)) {
            throw invalidOption(field, "a text that is blank, too long or has control characters");
        }
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw invalidOption(field, "'" + value + "'");
        }
    }

    private static ProblemException invalidOption(String field, String found) {
        String remedy = "Give 1 or more, or 1 to " + NAME_MAX + " printable characters";
        InputError error = InputError.ofField("out-of-range", field, found, remedy);
        return new ProblemException(Problem.INVALID_OPTION, error.message(), List.of(error));
    }

    private static ProblemException invalid(String field, String found, String remedy) {
        InputError error = InputError.ofField("invalid-targets", field, found, remedy);
        return new ProblemException(Problem.INVALID_INPUT, error.message(), List.of(error));
    }

    @Operation(summary = "Lists benchmarks, newest first")
    @GetMapping
    ListView list(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int limit) {
        return new ListView(store.list(Math.max(0, offset), Math.clamp(limit, 1, PAGE_MAX)).stream()
                .map(this::view)
                .toList());
    }

    @Operation(summary = "Shows a benchmark")
    @GetMapping("/{id}")
    View show(@PathVariable UUID id) {
        return view(require(id));
    }

    @Operation(summary = "Lists targets with their scores, by name")
    @GetMapping("/{id}/targets")
    TargetsView targets(
            @PathVariable UUID id,
            @Parameter(description = "The last name of the page before") @RequestParam(required = false) @Nullable
                    String after,
            @RequestParam(defaultValue = "50") int limit) {
        require(id);
        if (after != null) {
            requirePrintable("after", after);
        }
        return new TargetsView(store.targets(id, after, Math.clamp(limit, 1, PAGE_MAX)).stream()
                .map(TargetView::of)
                .toList());
    }

    @Operation(summary = "Stops a benchmark", description = "Targets that are done stay done; start takes it up again.")
    @PostMapping("/{id}/stop")
    View stop(@PathVariable UUID id) {
        require(id);
        store.requestStop(id, true);
        return view(require(id));
    }

    @Operation(summary = "Takes a stopped or failed benchmark up again where it was")
    @PostMapping("/{id}/start")
    View start(@PathVariable UUID id) {
        require(id);
        store.requestStop(id, false);
        benchmarks.start(id);
        return view(require(id));
    }

    @Operation(summary = "Removes a benchmark; its predictions stay, a running one stops")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable UUID id) {
        require(id);
        store.remove(id);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Downloads a file of the report", description = "index.html, scores.csv, report.json, …")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @GetMapping("/{id}/report/{*file}")
    ResponseEntity<Resource> report(@PathVariable UUID id, @PathVariable String file) {
        require(id);
        Path root = benchmarks.folder(id).toAbsolutePath().normalize();
        boolean named = file.matches("/[A-Za-z0-9_./-]+");
        Path asked = named ? root.resolve(file.substring(1)).normalize() : root;
        if (!asked.startsWith(root) || !Files.isRegularFile(asked)) {
            throw new ProblemException(Problem.NOT_FOUND, "benchmark " + id + " has no file " + file.substring(1));
        }
        Resource resource = new FileSystemResource(asked);
        return ResponseEntity.ok()
                .contentType(MediaTypeFactory.getMediaType(resource).orElse(MediaType.TEXT_PLAIN))
                .body(resource);
    }

    private Benchmark require(UUID id) {
        return store.find(id).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no benchmark " + id));
    }

    private View view(Benchmark benchmark) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        store.counts(benchmark.id()).forEach((state, count) -> counts.put(state.spelling(), count));
        return new View(
                benchmark.id(),
                benchmark.name(),
                state(benchmarks.status(benchmark.id()), benchmark.stopRequested()),
                benchmark.settings().model(),
                benchmark.settings().recycles(),
                benchmark.settings().models(),
                counts,
                benchmark.accepted(),
                PATH + "/" + benchmark.id() + "/report/index.html");
    }

    private static String state(Optional<BatchStatus> status, boolean stopRequested) {
        if (status.isEmpty()) {
            return stopRequested ? "stopped" : "queued";
        }
        return switch (status.get()) {
            case COMPLETED -> "done";
            case STARTING, STARTED, STOPPING -> "running";
            case STOPPED -> "stopped";
            case FAILED, ABANDONED, UNKNOWN -> stopRequested ? "stopped" : "failed";
        };
    }
}
