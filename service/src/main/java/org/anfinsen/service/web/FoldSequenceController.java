package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.submission.RequestedOptions;
import org.anfinsen.service.submission.SequenceFile;
import org.anfinsen.service.submission.SubmissionReader;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The interface that the ESM Metagenomic Atlas had: a sequence in, a PDB file out, in one request. Behind it is an ordinary
 * job; the request waits for its end.
 */
@RestController
@Tag(name = "esm-atlas", description = "The interface of the ESM Metagenomic Atlas, for programs written for it")
final class FoldSequenceController {

    static final String PATH = "/foldSequence/v1/pdb/";

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final PredictionStore store;
    private final SubmissionReader reader;
    private final RequestBodies bodies;
    private final FinishedJobs finished;
    private final JobWait wait;
    private final Semaphore places;
    private final int maxStreams;

    FoldSequenceController(
            PredictionStore store,
            SubmissionReader reader,
            RequestBodies bodies,
            FinishedJobs finished,
            JobWait wait,
            LimitSettings limits) {
        this.store = store;
        this.reader = reader;
        this.bodies = bodies;
        this.finished = finished;
        this.wait = wait;
        maxStreams = limits.maxEventStreams();
        places = new Semaphore(maxStreams);
    }

    @Operation(
            operationId = "foldSequence",
            summary = "Predicts the structure of one sequence and answers the PDB file",
            description = "As the ESM Metagenomic Atlas did, whatever the Content-Type: pLDDT (0 to 100) is in the"
                    + " B-factor column. The request waits for at most ten minutes; the header Location names the job.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                                            schema = @Schema(type = "string"),
                                            examples =
                                                    @ExampleObject("TTCCPSIVARSNFNVCRLPGTPEALCATYTGCIIIPGATCPGDYAN"))))
    @ApiResponse(
            responseCode = "200",
            description = "The structure",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "429", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "503", ref = "#/components/responses/Problem")
    @PostMapping({PATH, "/foldSequence/v1/pdb"})
    ResponseEntity<byte[]> fold(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException, InterruptedException {
        NewPrediction prediction = read(bodies.bytes(request));
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            Problem.TOO_MANY_STREAMS, maxStreams + " callers wait for a structure (max-event-streams)")
                    .retryAfter(RETRY);
        }
        try {
            UUID id = store.submit(List.of(prediction), null, Caller.current().submitter())
                    .jobs()
                    .getFirst()
                    .id();
            if (!wait.untilEnded(id, LONGEST).state().isFinal()) {
                throw new ProblemException(
                                Problem.TAKES_LONGER,
                                "job " + id + " has not ended after " + LONGEST.toMinutes() + " minutes")
                        .retryAfter(RETRY);
            }
            finished.require(id);
            byte[] pdb = store.artifact(id, "structure.pdb")
                    .orElseThrow(() -> Jobs.missing(id))
                    .content();
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_PLAIN)
                    .header(HttpHeaders.LOCATION, JobView.address(id))
                    .body(pdb);
        } finally {
            places.release();
        }
    }

    private NewPrediction read(byte[] body) {
        SequenceFile file = new SequenceFile(null, SequenceFile.Format.FASTA, body);
        List<NewPrediction> predictions = reader.read(List.of(file), null, RequestedOptions.NONE);
        if (predictions.size() > 1) {
            InputError error = InputError.ofField(
                    "too-many-records",
                    "sequence",
                    predictions.size() + " records",
                    "Send one sequence, or several to " + PredictionController.PATH);
            throw new ProblemException(Problem.INVALID_INPUT, error.message(), List.of(error));
        }
        return predictions.getFirst();
    }
}
