package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
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

/** Shows how far benchmarks are and what came of them. */
@RestController
@RequestMapping(BenchmarkController.PATH)
@Tag(name = "benchmarks")
final class BenchmarkController {

    static final String PATH = "/v1/benchmarks";

    private static final int PAGE_MAX = 200;

    private final BenchmarkStore store;
    private final Benchmarks benchmarks;

    BenchmarkController(BenchmarkStore store, Benchmarks benchmarks) {
        this.store = store;
        this.benchmarks = benchmarks;
    }

    /** A page of benchmarks, newest first. */
    @Schema(name = "Benchmarks")
    record ListView(List<BenchmarkView> benchmarks) {}

    /** A page of targets by name; ask for those after the last one. */
    @Schema(name = "BenchmarkTargets")
    record TargetsView(List<BenchmarkTargetView> targets) {}

    @Operation(operationId = "listBenchmarks", summary = "Lists benchmarks, newest first")
    @GetMapping
    ListView list(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int limit) {
        return new ListView(
                store
                        .list(Caller.current().visibleOwner(), Math.max(0, offset), Math.clamp(limit, 1, PAGE_MAX))
                        .stream()
                        .map(this::view)
                        .toList());
    }

    @Operation(operationId = "getBenchmark", summary = "Shows a benchmark")
    @GetMapping("/{id}")
    BenchmarkView show(@PathVariable UUID id) {
        return view(require(id));
    }

    @Operation(operationId = "listBenchmarkTargets", summary = "Lists targets with their scores, by name")
    @GetMapping("/{id}/targets")
    TargetsView targets(
            @PathVariable UUID id,
            @Parameter(description = "The last name of the page before") @RequestParam(required = false) @Nullable
                    String after,
            @RequestParam(defaultValue = "50") int limit) {
        require(id);
        if (after != null) {
            BenchmarkRequest.requirePrintable("after", after);
        }
        return new TargetsView(store.targets(id, after, Math.clamp(limit, 1, PAGE_MAX)).stream()
                .map(BenchmarkTargetView::of)
                .toList());
    }

    @Operation(
            operationId = "stopBenchmark",
            summary = "Stops a benchmark",
            description = "Targets that are done stay done; start takes it up again.")
    @PostMapping("/{id}/stop")
    BenchmarkView stop(@PathVariable UUID id) {
        require(id);
        store.requestStop(id, true);
        return view(require(id));
    }

    @Operation(operationId = "startBenchmark", summary = "Takes a stopped or failed benchmark up again where it was")
    @PostMapping("/{id}/start")
    BenchmarkView start(@PathVariable UUID id) {
        require(id);
        store.requestStop(id, false);
        benchmarks.start(id);
        return view(require(id));
    }

    @Operation(
            operationId = "deleteBenchmark",
            summary = "Removes a benchmark; its predictions stay, a running one stops")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable UUID id) {
        require(id);
        store.remove(id);
        return ResponseEntity.noContent().build();
    }

    @Operation(
            operationId = "getBenchmarkReportFile",
            summary = "Downloads a file of the report",
            description = "index.html, scores.csv, report.json, …")
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
        return store.find(id)
                .filter(Caller.current()::sees)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no benchmark " + id));
    }

    private BenchmarkView view(Benchmark benchmark) {
        return BenchmarkView.of(benchmark, store.counts(benchmark.id()), benchmarks.status(benchmark.id()));
    }
}
