package org.anfinsen.service.web;

import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.access.Caller;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Finds jobs for the controllers. */
@Component
final class Jobs {

    private final PredictionStore store;

    Jobs(PredictionStore store) {
        this.store = store;
    }

    /** @throws ProblemException if there is no such job, or it is not the caller's to see: both look the same */
    PredictionJob require(UUID id) {
        return store.find(id).filter(Caller.current()::sees).orElseThrow(() -> missing(id));
    }

    static ProblemException missing(UUID id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no job " + id);
    }
}
