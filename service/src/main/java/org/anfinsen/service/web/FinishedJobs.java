package org.anfinsen.service.web;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Finds jobs that have a result, for the controllers. */
@Component
final class FinishedJobs {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Jobs jobs;

    FinishedJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @throws ProblemException if there is no such job, or it has no result, or not yet */
    PredictionJob require(UUID id) {
        PredictionJob job = jobs.require(id);
        return switch (job.state()) {
            case DONE -> job;
            case QUEUED, SEARCHING, FEATURISING, PREDICTING, WRITING ->
                throw notDone(
                                Problem.NOT_READY,
                                job,
                                "job " + id + " is " + job.state().spelling())
                        .retryAfter(RETRY);
            case FAILED ->
                throw notDone(
                        Problem.NO_RESULT,
                        job,
                        "job " + id + " failed: "
                                + Objects.requireNonNull(job.failure()).message());
            case CANCELLED -> throw notDone(Problem.NO_RESULT, job, "job " + id + " was cancelled");
        };
    }

    private static ProblemException notDone(Problem problem, PredictionJob job, String detail) {
        return new ProblemException(problem, detail).with("state", job.state().spelling());
    }
}
