package org.anfinsen.service.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.anfinsen.pipeline.artifact.ResultPlots;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.Ranking;
import org.anfinsen.service.file.ResultFileNames;
import org.jspecify.annotations.Nullable;

/**
 * One chain and all its predictions: makes those that are not in the folder, ranks them once all are there, and says how
 * each ended.
 */
final class PredictedChain {

    private final List<NewPrediction> predictions;
    private final ResultFolder folder;
    private final Function<NewPrediction, Report> reports;

    /** @param predictions one, or an ensemble */
    PredictedChain(List<NewPrediction> predictions, ResultFolder folder, Function<NewPrediction, Report> reports) {
        this.predictions = List.copyOf(predictions);
        this.folder = folder;
        this.reports = reports;
    }

    /** Whether all are there; says so then, in the order of their ranks. */
    boolean isThere() throws IOException {
        List<ResultFileNames> names = new ArrayList<>();
        for (NewPrediction prediction : predictions) {
            names.add(ResultFolder.fileNames(prediction)
                    .ranked(folder.rank(prediction).orElse(0)));
        }
        if (names.stream().anyMatch(each -> each.rank() == 0)) {
            return false;
        }
        IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingInt(k -> names.get(k).rank()))
                .forEach(k -> reports.apply(predictions.get(k)).skipped(folder, names.get(k)));
        return true;
    }

    /**
     * Makes them.
     *
     * @param overwrite also those that wait here for the others
     * @return how many failed; unless none has, those that were made are not ranked
     */
    int predict(Predictor predictor, Function<NewPrediction, ProgressLine> progress, boolean overwrite)
            throws IOException {
        predictions.getFirst().notes().forEach(reports.apply(predictions.getFirst())::note);
        List<Made> made = new ArrayList<>();
        for (NewPrediction prediction : predictions) {
            OptionalDouble waiting = overwrite ? OptionalDouble.empty() : folder.waiting(prediction);
            if (waiting.isPresent()) {
                made.add(new Made(prediction, waiting.getAsDouble(), null, List.of(), 0));
            } else {
                make(predictor, progress, prediction).ifPresent(made::add);
            }
        }
        boolean complete = made.size() == predictions.size();
        List<Made> inOrder = complete ? Ranking.byMeanPlddt(made, Made::meanPlddt) : made;
        if (complete && made.size() > 1) {
            folder.rank(inOrder.stream().map(Made::prediction).toList());
        }
        for (int k = 0; k < inOrder.size(); k++) {
            tell(inOrder.get(k), complete ? k + 1 : 0);
        }
        return predictions.size() - made.size();
    }

    private Optional<Made> make(
            Predictor predictor, Function<NewPrediction, ProgressLine> progress, NewPrediction prediction)
            throws IOException {
        long start = System.nanoTime();
        PredictionResult result;
        try (ProgressLine line = progress.apply(prediction)) {
            result = predictor.predict(prediction, line);
        } catch (Predictor.PredictionFailedException e) {
            reports.apply(prediction).failed(e.failure());
            return Optional.empty();
        } catch (Predictor.PredictorLostException e) {
            reports.apply(prediction).failed(e.failure());
            return Optional.empty();
        }
        List<Artifact> files = new ArrayList<>(result.artifacts());
        files.addAll(ResultPlots.drawAll(result.artifacts()));
        double meanPlddt = Ranking.meanPlddt(result.summary());
        if (predictions.size() == 1) {
            folder.write(prediction, files);
        } else {
            folder.writeUnranked(prediction, files, meanPlddt);
        }
        return Optional.of(new Made(
                prediction,
                meanPlddt,
                result.summary(),
                files.stream().map(Artifact::name).toList(),
                (System.nanoTime() - start) / 1e9));
    }

    private void tell(Made made, int rank) {
        Report report = reports.apply(made.prediction);
        ResultFileNames names = ResultFolder.fileNames(made.prediction).ranked(rank);
        if (made.summary == null) {
            report.skipped(folder, names);
        } else {
            report.done(folder, names, made.summary, made.files, made.seconds);
        }
    }

    /**
     * A prediction that is there, without its files' content.
     *
     * @param summary null if an earlier run made it
     */
    private record Made(
            NewPrediction prediction,
            double meanPlddt,
            @Nullable Map<String, Object> summary,
            List<String> files,
            double seconds) {}
}
