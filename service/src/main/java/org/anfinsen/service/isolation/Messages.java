package org.anfinsen.service.isolation;

import java.util.List;
import java.util.Map;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.jspecify.annotations.Nullable;

/** The values in {@link Frames}. */
final class Messages {

    private Messages() {}

    /**
     * What the child is to open.
     *
     * @param version of this software, for the files it writes
     */
    record Opening(PlaceSettings places, PredictionSettings prediction, SearchingSettings searching, String version) {}

    /**
     * A prediction that is wanted.
     *
     * @param number of the task, from 1
     */
    record Task(int number, NewPrediction request) {}

    /** A task is no longer wanted. */
    record Stop(int number) {}

    /** What the child runs on, and how its networks have served. */
    record Description(Map<String, Object> details, WarmModels.Usage usage) {}

    /** A stage or a pass, and how the networks have served so far. */
    record Reached(PredictionState state, @Nullable PredictionProgress progress, WarmModels.Usage usage) {}

    /** A result without its artifacts' bytes. */
    record Done(Map<String, Object> summary, List<Label> artifacts) {}

    /** An artifact without its bytes. */
    record Label(String name, String mediaType) {}

    /**
     * A fault of ours.
     *
     * @param reason one sentence
     * @param trace  for the log
     */
    record Broken(String reason, String trace) {}
}
