package org.anfinsen.service.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.submission.PredictionRequest;
import org.anfinsen.service.submission.RequestedNetworks;
import org.anfinsen.service.submission.RequestedOptions;
import org.anfinsen.service.submission.RequestedTemplates;
import org.anfinsen.service.submission.SequenceFile;
import org.anfinsen.service.submission.SubmissionReader;
import org.anfinsen.service.webhook.WebhookDispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Accepts predictions. */
@RestController
@Tag(name = "predictions")
final class SubmissionController {

    static final String FASTA = "text/x-fasta";
    static final String A3M = "text/x-a3m";

    /** Header of an answer: the key that the message is signed with. */
    static final String WEBHOOK_SECRET = "Webhook-Secret";

    /** Describes the option for people. */
    static final String WEBHOOK =
            "An https address that gets a POST when all of it has ended, signed as Standard Webhooks"
                    + " has it; the answer's header " + WEBHOOK_SECRET + " has the key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final String FASTA_EXAMPLE = ">crambin\nTTCCPSIVARSNFNVCRLPGTPEALCATYTGCIIIPGATCPGDYAN\n";
    private static final String A3M_EXAMPLE =
            FASTA_EXAMPLE + ">homologue\nKTCCPSTAARNQYNICRLPGTPRPVCASLSGCKIISGTgCPPGYR-\n";

    private final PredictionStore store;
    private final SubmissionReader reader;
    private final RequestBodies bodies;
    private final WebhookDispatcher webhooks;
    private final MeterRegistry meters;

    SubmissionController(
            PredictionStore store,
            SubmissionReader reader,
            RequestBodies bodies,
            WebhookDispatcher webhooks,
            MeterRegistry meters) {
        this.store = store;
        this.reader = reader;
        this.bodies = bodies;
        this.webhooks = webhooks;
        this.meters = meters;
    }

    /**
     * The jobs of a submission, in the order of the records.
     *
     * @param job the only one's members, beside {@code jobs}; null if there are several
     */
    @Schema(name = "Jobs", requiredProperties = "jobs")
    record JobsView(
            List<JobView> jobs,
            @Schema(hidden = true) @JsonUnwrapped @Nullable JobView job) {

        static JobsView of(List<JobView> jobs) {
            return new JobsView(jobs, jobs.size() == 1 ? jobs.getFirst() : null);
        }
    }

    @Operation(
            operationId = "submitPredictions",
            summary = "Submits predictions",
            description = "Each record of a FASTA and each alignment becomes a job, or as many as model and models"
                    + " ask for; those are an ensemble. All of them are accepted or none. A"
                    + " request is answered with {\"jobs\": […]} in the order of the records; if that is just one, its"
                    + " members are beside \"jobs\" too. Options of JSON bodies are fields of the body; of all others, query"
                    + " parameters or form fields.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                // First: generated clients take the first kind of body and no other.
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = PredictionRequest.class)),
                                @Content(
                                        mediaType = FASTA,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(FASTA_EXAMPLE)),
                                @Content(
                                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(FASTA_EXAMPLE)),
                                @Content(
                                        mediaType = A3M,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(A3M_EXAMPLE)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                        // Without named fields: openapi-generator makes no class of a form's schema
                                        // where
                                        // the operation takes other bodies too, and yet imports it.
                                        schema = @Schema(type = "object"),
                                        additionalPropertiesSchema =
                                                @Schema(
                                                        type = "string",
                                                        format = "binary",
                                                        description = "FASTA files, or alignments ending in .a3m, .sto,"
                                                                + " .clustal, under any name; options as fields"))
                            }))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted: all jobs of the request",
            headers = {
                @Header(
                        name = "Location",
                        description = "The job; the list of jobs if there are several",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Idempotency-Replayed",
                        description = "true if these are the jobs of an earlier request with the same key",
                        schema = @Schema(type = "string")),
                @Header(
                        name = WEBHOOK_SECRET,
                        description = "Where a webhook was asked for: the key of its signature",
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = JobsView.class)))
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "415", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "422", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "429", ref = "#/components/responses/Problem")
    @PostMapping(
            path = PredictionController.PATH,
            consumes = {
                MediaType.APPLICATION_JSON_VALUE,
                FASTA,
                A3M,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.MULTIPART_FORM_DATA_VALUE
            },
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobsView> submit(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(
                            description = "A key of the caller's: the same request sent again with it answers the same"
                                    + " jobs and accepts nothing")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String idempotencyKey,
            @Parameter(description = "What to call the job, if there is just one")
                    @RequestParam(required = false)
                    @Nullable
                    String name,
            @Parameter(description = "Name of a model package, or several with commas between, see /v1/models")
                    @RequestParam(required = false)
                    @Nullable
                    String model,
            @Parameter(
                            description = "Predictions of each sequence with each model, from seeds that follow each"
                                    + " other, at most 5 in all; each is a job, and they are ranked by pLDDT",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "5"))
                    @RequestParam(required = false)
                    @Nullable
                    String models,
            @Parameter(
                            description = "How often the network's output is fed back",
                            schema = @Schema(type = "integer", minimum = "0", maximum = "48"))
                    @RequestParam(required = false)
                    @Nullable
                    String recycles,
            @Parameter(
                            description = "The same seed gives the same result",
                            schema = @Schema(type = "integer", minimum = "0", maximum = "2147483647"))
                    @RequestParam(required = false)
                    @Nullable
                    String seed,
            @Parameter(
                            description = "Databases to search for homologues, with commas between, see /v1/databases;"
                                    + " none for none. The service's own choice if left out")
                    @RequestParam(required = false)
                    @Nullable
                    String databases,
            @Parameter(
                            description = "Libraries in which templates are looked for, with commas between, see"
                                    + " /v1/templates; for models that take templates. None if left out")
                    @RequestParam(required = false)
                    @Nullable
                    String templates,
            @Parameter(
                            description =
                                    "Structures released after this day, or without a known day, are no templates",
                            schema = @Schema(type = "string", format = "date"))
                    @RequestParam(name = "max_template_date", required = false)
                    @Nullable
                    String maxTemplateDate,
            @Parameter(
                            description = "Largest share of a template's aligned residues that are the query's",
                            schema = @Schema(type = "number", minimum = "0", maximum = "1"))
                    @RequestParam(name = "max_template_identity", required = false)
                    @Nullable
                    String maxTemplateIdentity,
            @Parameter(description = WEBHOOK) @RequestParam(required = false) @Nullable String webhook)
            throws IOException {
        checkKey(idempotencyKey);
        URI address = webhook == null ? null : webhooks.address(webhook);
        RequestedOptions options = new RequestedOptions(
                new RequestedNetworks(model, recycles, models),
                seed,
                RequestedOptions.names(databases),
                new RequestedTemplates(RequestedOptions.names(templates), maxTemplateDate, maxTemplateIdentity));
        List<NewPrediction> predictions = read(request, name, options);
        PredictionStore.Submission submission =
                store.submit(predictions, idempotencyKey, Caller.current().submitter());
        count(submission);
        return accepted(submission, address);
    }

    private void count(PredictionStore.Submission submission) {
        for (PredictionJob job : submission.replayed() ? List.<PredictionJob>of() : submission.jobs()) {
            Counter.builder("anfinsen.submitted.predictions")
                    .description("Accepted predictions, by whether the result was there already")
                    .tag("reused", Boolean.toString(job.reused()))
                    .register(meters)
                    .increment();
        }
    }

    private List<NewPrediction> read(HttpServletRequest request, @Nullable String name, RequestedOptions options)
            throws IOException {
        MediaType type = MediaType.parseMediaType(request.getContentType());
        if (request instanceof MultipartHttpServletRequest multipart) {
            return reader.read(bodies.files(multipart), name, options);
        }
        if (type.getSubtype().equals("json")) {
            if (name != null || !options.equals(RequestedOptions.NONE)) {
                throw new ProblemException(
                        Problem.INVALID_OPTION, "options of a JSON body are its fields, not query parameters");
            }
            return reader.read(bodies.json(request, PredictionRequest.class));
        }
        SequenceFile.Format format =
                type.getSubtype().equals("x-a3m") ? SequenceFile.Format.A3M : SequenceFile.Format.FASTA;
        return reader.read(List.of(new SequenceFile(null, format, bodies.bytes(request))), name, options);
    }

    private ResponseEntity<JobsView> accepted(PredictionStore.Submission submission, @Nullable URI webhook) {
        List<JobView> views = submission.jobs().stream().map(JobView::of).toList();
        boolean single = views.size() == 1;
        URI location = URI.create(single ? JobView.address(views.getFirst().id()) : PredictionController.PATH);
        ResponseEntity.BodyBuilder answer = ResponseEntity.accepted().location(location);
        if (submission.replayed()) {
            answer.header("Idempotency-Replayed", "true");
        }
        if (webhook != null) {
            answer.header(
                    WEBHOOK_SECRET,
                    webhooks.onJobs(
                            webhook,
                            submission.jobs().stream().map(PredictionJob::id).toList()));
        }
        return answer.body(JobsView.of(views));
    }

    private static void checkKey(@Nullable String idempotencyKey) {
        if (idempotencyKey != null && !KEY.matcher(idempotencyKey).matches()) {
            throw new ProblemException(
                    Problem.BAD_REQUEST, "an Idempotency-Key has 1 to 200 printable ASCII characters without blanks");
        }
    }
}
