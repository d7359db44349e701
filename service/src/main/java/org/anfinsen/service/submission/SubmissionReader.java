package org.anfinsen.service.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.jspecify.annotations.Nullable;

/** Reads what a caller sends as a whole: all of it becomes predictions, or every fault of it is named. */
public final class SubmissionReader {

    private final LimitSettings limits;
    private final String defaultModel;
    private final ModelCatalog models;
    private final RequestedDatabases databases;
    private final TemplateSearch templates;

    /**
     * @param defaultModel the model taken when a request names none
     * @param models       asked at each submission
     * @param databases    likewise
     * @param templates    likewise
     */
    public SubmissionReader(
            LimitSettings limits,
            String defaultModel,
            ModelCatalog models,
            RequestedDatabases databases,
            TemplateSearch templates) {
        this.databases = databases;
        this.templates = templates;
        this.limits = limits;
        this.defaultModel = defaultModel;
        this.models = models;
    }

    /**
     * Reads files: each record of a FASTA and each alignment is a prediction, or as many as the options ask for.
     *
     * @param files   at least one
     * @param name    what to call the prediction if there is just one; null to take its name from the file
     * @param options for all of them
     * @throws ProblemException with every fault
     */
    public List<NewPrediction> read(List<SequenceFile> files, @Nullable String name, RequestedOptions options) {
        List<InputError> optionErrors = new ArrayList<>();
        RequestedOptions.Checked checked = options.check(models, defaultModel, databases, templates, optionErrors);
        SequenceCollector collector = new SequenceCollector(limits, files.size() > 1);
        files.forEach(collector::read);
        if (name != null) {
            collector.rename(name, "name");
        }
        return collector.predictions(checked, optionErrors, models);
    }

    /**
     * Reads a JSON body: each record of its sequence, or its alignment, is a prediction, or as many as it asks for.
     *
     * @throws ProblemException with every fault
     */
    public List<NewPrediction> read(PredictionRequest request) {
        List<InputError> optionErrors = new ArrayList<>();
        RequestedOptions.Checked checked =
                request.options().check(models, defaultModel, databases, templates, optionErrors);
        SequenceCollector collector = new SequenceCollector(limits, true);
        if (request.msa() != null) {
            collector.read(new SequenceFile("msa", SequenceFile.Format.A3M, utf8(request.msa())));
            collector.requireQuery(request.sequence());
        } else if (request.sequence() != null) {
            collector.read(new SequenceFile("sequence", SequenceFile.Format.FASTA, utf8(request.sequence())));
        } else {
            InputError error = InputError.ofField(
                    "missing-sequence", "sequence", "neither sequence nor msa is there", "Send one of them");
            throw new ProblemException(Problem.INVALID_INPUT, error.message(), List.of(error));
        }
        if (request.name() != null) {
            collector.rename(request.name(), "name");
        }
        return collector.predictions(checked, optionErrors, models);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
