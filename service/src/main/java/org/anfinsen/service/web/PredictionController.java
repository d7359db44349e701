package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows, lists, cancels and removes jobs. */
@RestController
@RequestMapping(PredictionController.PATH)
@Tag(name = "predictions")
final class PredictionController {

    static final String PATH = "/v1/predictions";

    private static final int OFFSET_MAX = 1_000_000;

    private final PredictionStore store;
    private final Jobs jobs;
    private final LimitSettings limits;

    PredictionController(PredictionStore store, Jobs jobs, LimitSettings limits) {
        this.store = store;
        this.jobs = jobs;
        this.limits = limits;
    }

    /** A page of jobs, newest first, and how many there are in all. */
    @Schema(name = "JobPage")
    record PageView(List<JobView> jobs, long total, int offset, int limit) {}

    @Operation(operationId = "getPrediction", summary = "Shows a job")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @GetMapping("/{id}")
    JobView one(@PathVariable UUID id) {
        return JobView.of(jobs.require(id));
    }

    @Operation(operationId = "listPredictions", summary = "Lists jobs, newest first")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @GetMapping
    PageView list(
            @Parameter(description = "Only jobs in this state", schema = @Schema(ref = JobView.STATE))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Only jobs whose name contains this, whatever the case")
                    @RequestParam(required = false)
                    @Nullable
                    String name,
            @Parameter(description = "Only jobs of this ensemble") @RequestParam(required = false) @Nullable
                    UUID ensemble,
            @Parameter(description = "How many to leave out, from the newest") @RequestParam(defaultValue = "0")
                    int offset,
            @Parameter(description = "How many at the most") @RequestParam(defaultValue = "20") int limit) {
        checkBetween("offset", offset, 0, OFFSET_MAX);
        checkBetween("limit", limit, 1, limits.maxPageSize());
        PredictionStore.Page page = store.list(
                new PredictionStore.Filter(
                        state == null || state.isEmpty() ? null : state(state),
                        name == null || name.isEmpty() ? null : name,
                        ensemble,
                        Caller.current().visibleOwner()),
                offset,
                limit);
        return new PageView(page.jobs().stream().map(JobView::of).toList(), page.total(), offset, limit);
    }

    @Operation(
            operationId = "deletePrediction",
            summary = "Cancels or removes a job",
            description = "A queued job is cancelled at once, a running one as soon as its worker looks; a job that has"
                    + " ended is removed with its files.")
    @ApiResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Cancel asked for",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(responseCode = "204", description = "Removed", content = @Content)
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @DeleteMapping("/{id}")
    ResponseEntity<JobView> delete(@PathVariable UUID id) {
        jobs.require(id);
        if (store.remove(id)) {
            return ResponseEntity.noContent().build();
        }
        PredictionJob job = store.cancel(id).orElseThrow(() -> Jobs.missing(id));
        return ResponseEntity.status(job.state().isFinal() ? 200 : 202).body(JobView.of(job));
    }

    private static PredictionState state(String spelling) {
        try {
            return PredictionState.ofSpelling(spelling);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "state",
                    "'" + spelling + "'",
                    "Give one of: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(PredictionState.values())
                                            .map(PredictionState::spelling)
                                            .toList()));
        }
    }

    private static void checkBetween(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(name, "'" + value + "'", "Give a whole number from " + min + " to " + max);
        }
    }

    private static ProblemException invalid(String field, String found, String remedy) {
        InputError error = InputError.ofField("out-of-range", field, found, remedy);
        return new ProblemException(Problem.INVALID_OPTION, error.message(), List.of(error));
    }
}
