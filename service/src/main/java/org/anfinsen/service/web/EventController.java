package org.anfinsen.service.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams the events of a job as they happen. A stream holds its (virtual) thread from the first event to the last; it is
 * woken by {@link PredictionSignals} and looks at the store now and then besides.
 */
@RestController
@Tag(name = "predictions")
final class EventController {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PredictionStore store;
    private final PredictionSignals signals;
    private final Jobs jobs;
    private final JsonMapper json;
    private final Semaphore places;
    private final int maxStreams;
    private volatile boolean closing;

    EventController(
            PredictionStore store,
            PredictionSignals signals,
            Jobs jobs,
            JsonMapper json,
            LimitSettings limits,
            MeterRegistry meters) {
        this.store = store;
        this.signals = signals;
        this.jobs = jobs;
        this.json = json;
        maxStreams = limits.maxEventStreams();
        places = new Semaphore(maxStreams);
        Gauge.builder("anfinsen.event.streams", () -> maxStreams - places.availablePermits())
                .description("Open event streams")
                .register(meters);
    }

    @EventListener
    void close(ContextClosedEvent event) {
        closing = true;
    }

    @Operation(
            operationId = "followPrediction",
            summary = "Streams the events of a job",
            description =
                    "Server-sent events: the history first, then what happens, until the job has ended. The event's id"
                            + " is its sequence number; Last-Event-ID continues after it. Events are named state, or"
                            + " progress where only the figures of the network have changed; comments come when nothing"
                            + " else does. After the last event of a job that has ended the answer is 204.")
    @ApiResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            examples =
                                    @ExampleObject(
                                            "id: 4\nevent: progress\ndata: {\"state\":\"predicting\",\"progress\":"
                                                    + "{\"cycle\":1,\"cycles\":4,\"mean_plddt\":81.2}}\n\n")))
    @ApiResponse(responseCode = "204", description = "Nothing will follow", content = @Content)
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "503", ref = "#/components/responses/Problem")
    @GetMapping(PredictionController.PATH + "/{id}/events")
    void events(
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        PredictionJob job = jobs.require(id);
        long after = sequenceNumber(lastEventId);
        if (job.state().isFinal()) {
            List<PredictionEvent> left = store.events(id, after);
            if (left.isEmpty()) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return;
            }
        }
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            Problem.TOO_MANY_STREAMS, maxStreams + " event streams are open (max-event-streams)")
                    .retryAfter(RETRY);
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-cache, no-transform");
            response.setHeader("X-Accel-Buffering", "no");
            new EventStream(id, store, json, response.getOutputStream(), () -> closing).run(signals, after);
        } finally {
            places.release();
        }
    }

    private static long sequenceNumber(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(lastEventId.strip()));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.BAD_REQUEST, "Last-Event-ID is the number of an event");
        }
    }
}
