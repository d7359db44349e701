package org.anfinsen.pipeline.job;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a prediction from beginning to end, in the calling thread. Implementations may be called by several threads. */
public interface Predictor {

    /**
     * Searches, featurises, runs the network and writes the artifacts.
     *
     * @param request what is to be done
     * @param monitor told of every stage and every pass of the network
     * @throws PredictionFailedException if the request or the surroundings do not allow it
     * @throws PredictorLostException    if what predicts was lost and another try makes sense
     */
    PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException;

    /** Names of the models that are in memory and need not be loaded for a prediction. */
    default Set<String> warmModels() {
        return Set.of();
    }

    /** Follows a prediction, and may stop it: what it throws ends the prediction and reaches the caller. */
    interface Monitor {

        /**
         * Called from the predicting thread when a stage begins and, within {@link PredictionState#PREDICTING}, after each
         * pass of the network.
         */
        void reached(PredictionState state, @Nullable PredictionProgress progress);

        /** Called from the predicting thread about twice a second while a long step has nothing to report. */
        default void check() {}

        /** True if an earlier attempt did not come to its end, so that this one should take as little memory as it can. */
        default boolean sparing() {
            return false;
        }
    }

    /** A prediction that broke down for a reason that is known, and that may go well the next time. */
    final class PredictorLostException extends RuntimeException {

        private final transient PredictionFailure failure;

        public PredictorLostException(PredictionFailure failure, @Nullable Throwable cause) {
            super(failure.code() + ": " + failure.message(), cause);
            this.failure = failure;
        }

        public PredictionFailure failure() {
            return failure;
        }
    }

    /** A prediction that cannot be made, with the reason for the user. */
    final class PredictionFailedException extends Exception {
        private final transient PredictionFailure failure;

        public PredictionFailedException(PredictionFailure failure, @Nullable Throwable cause) {
            super(failure.code() + ": " + failure.message(), cause);
            this.failure = failure;
        }

        public PredictionFailure failure() {
            return failure;
        }
    }
}
