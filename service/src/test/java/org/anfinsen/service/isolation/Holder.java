package org.anfinsen.service.isolation;

import org.anfinsen.pipeline.job.PredictionState;

/** A process that predicts in a child until it is killed; says the child's id when the network runs. */
public final class Holder {

    static final String CHILD = "CHILD ";

    private Holder() {}

    public static void main(String[] arguments) throws Exception {
        try (IsolatedEngine engine = Isolated.engine("-Xmx1g")) {
            while (true) {
                engine.predictor().predict(Isolated.LONG, (state, progress) -> {
                    if (state == PredictionState.PREDICTING) {
                        System.out.println(CHILD + engine.processes().getFirst());
                    }
                });
            }
        }
    }
}
