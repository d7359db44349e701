package org.anfinsen.service.command;

import java.io.PrintWriter;
import java.util.Locale;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.jspecify.annotations.Nullable;

/** Shows how far a prediction is: a bar that moves on a terminal, a line for each step elsewhere, or nothing. */
final class ProgressLine implements Predictor.Monitor, AutoCloseable {

    private enum Mode {
        BAR,
        LINES,
        NONE
    }

    private final PrintWriter err;
    private final String title;
    private final Mode mode;

    private ProgressLine(PrintWriter err, String title, Mode mode) {
        this.err = err;
        this.title = title;
        this.mode = mode;
    }

    static ProgressLine on(PrintWriter err, NewPrediction prediction, boolean quiet) {
        String title =
                prediction.sequence().name() + " (" + prediction.sequence().length() + " residues)"
                        + (prediction.ensemble() == null
                                ? ""
                                : ", " + prediction.options().model() + ", seed "
                                        + prediction.options().seed());
        return new ProgressLine(err, title, quiet ? Mode.NONE : Terminal.isAttached() ? Mode.BAR : Mode.LINES);
    }

    @Override
    public void reached(PredictionState state, @Nullable PredictionProgress progress) {
        String step = state.spelling() + (progress == null ? "" : figures(progress));
        switch (mode) {
            case NONE -> {}
            case LINES -> err.println(title + ": " + step);
            case BAR ->
                err.print(Terminal.CLEAR_LINE + title + " " + Terminal.bar(share(state, progress)) + " " + step);
        }
        err.flush();
    }

    private static String figures(PredictionProgress progress) {
        String passes = ", pass " + progress.cycle() + " of " + progress.cycles();
        return passes
                + (progress.meanPlddt() == null ? "" : String.format(Locale.ROOT, ", pLDDT %.1f", progress.meanPlddt()))
                + (progress.change() == null ? "" : String.format(Locale.ROOT, ", moved %.2f Å", progress.change()));
    }

    private static double share(PredictionState state, @Nullable PredictionProgress progress) {
        return switch (state) {
            case QUEUED, SEARCHING -> 0;
            case FEATURISING -> 0.05;
            case PREDICTING -> progress == null ? 0.1 : 0.1 + 0.85 * progress.cycle() / progress.cycles();
            case WRITING -> 0.97;
            case DONE, FAILED, CANCELLED -> 1;
        };
    }

    @Override
    public void close() {
        if (mode == Mode.BAR) {
            err.print(Terminal.CLEAR_LINE);
            err.flush();
        }
    }
}
