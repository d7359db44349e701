package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.submission.RequestedNetworks;
import org.anfinsen.service.submission.RequestedOptions;
import org.anfinsen.service.submission.RequestedTemplates;
import org.anfinsen.service.submission.SequenceFile;
import org.anfinsen.service.submission.SubmissionReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anfinsen predict}: predictions into a folder, without a service. */
@Command(
        name = "predict",
        description =
                "Predicts the structures of sequences and writes the files into a folder. What is there already is"
                        + " skipped.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Files, named as ColabFold names them: structure as PDB and mmCIF with the pLDDT in the B-factor column,"
                    + " scores and PAE as JSON, distogram as npz, torsion angles as CSV and JSON, the alignment as A3M,"
                    + " plots as SVG and PNG.",
            "",
            "Examples:",
            "  anfinsen predict protein.fasta -o out/",
            "  anfinsen predict alignment.a3m -o out/ --recycles 6 --seed 1",
            "  anfinsen predict protein.fasta -o out/ --models 5",
            "  anfinsen predict protein.fasta -o out/ --database swissprot",
            "  anfinsen predict *.fasta -o out/ --json | jq -r '.name, .result.mean_plddt'",
            "",
            "Ctrl-C leaves whole files only; the same command again goes on with what is not done.",
            "",
            "Exit codes: 0 all predicted or there already, 1 a prediction failed, 2 the input or the command line must"
                    + " change, 130 interrupted."
        })
final class PredictCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "FASTA files; alignments if they end in .a3m, .sto, .clustal")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where the files go; the working directory if not given")
    private Path output = Path.of(".");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model package, or several with commas between; see anfinsen model list")
    private @Nullable String model;

    @Option(
            names = "--models",
            paramLabel = "N",
            description =
                    "Predictions of each sequence with each model, at most 5 in all, ranked by pLDDT; 1 if not given")
    private @Nullable String models;

    @Option(names = "--recycles", paramLabel = "N", description = "How often the network's output is fed back, 0 to 48")
    private @Nullable String recycles;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same result; further predictions have the next ones")
    private @Nullable String seed;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            split = ",",
            description = "Search this database for homologues (several: repeat it, or commas between); none for none;"
                    + " see anfinsen database list")
    private @Nullable List<String> databases;

    @Option(
            names = "--templates",
            paramLabel = "NAME",
            split = ",",
            description = "Look for templates in this library, for models that take them (several: repeat it, or commas"
                    + " between); see anfinsen templates list")
    private @Nullable List<String> templates;

    @Option(
            names = "--max-template-date",
            paramLabel = "DAY",
            description = "No template that was released later, such as 2020-05-14, or on an unknown day")
    private @Nullable String maxTemplateDate;

    @Option(
            names = "--max-template-identity",
            paramLabel = "SHARE",
            description = "No template of which a larger share of residues is the sequence's, 0 to 1")
    private @Nullable String maxTemplateIdentity;

    @Option(names = "--overwrite", description = "Predict anew what is there already")
    private boolean overwrite;

    @Mixin
    private Output results = new Output();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress")
    private boolean quiet;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Function<PlaceSettings, Engine> opener;

    PredictCommand(Function<PlaceSettings, Engine> opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException {
        LimitSettings limits = EngineOptions.settings("anfinsen.limits", LimitSettings.class);
        try (Engine engine = opener.apply(engineOptions.cachingPlaces())) {
            SubmissionReader reader = EngineOptions.reader(engine);
            RequestedOptions options = new RequestedOptions(
                    new RequestedNetworks(model, recycles, models),
                    seed,
                    databases,
                    new RequestedTemplates(templates, maxTemplateDate, maxTemplateIdentity));
            Collection<List<NewPrediction>> chains = byChain(reader.read(read(files, limits), null, options));
            checkFileNames(chains);
            ResultFolder folder = new ResultFolder(output);
            int failures = 0;
            for (List<NewPrediction> predictions : chains) {
                PredictedChain chain =
                        new PredictedChain(predictions, folder, prediction -> new Report(prediction, results));
                if (overwrite || !chain.isThere()) {
                    failures += chain.predict(engine.predictor(), this::progress, overwrite);
                }
            }
            return failures == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private ProgressLine progress(NewPrediction prediction) {
        return ProgressLine.on(
                spec.commandLine().getErr(), prediction, quiet || (results.isJson() && !Terminal.isAttached()));
    }

    /** The predictions of each chain; names are used once. */
    private static Collection<List<NewPrediction>> byChain(List<NewPrediction> predictions) {
        return predictions.stream()
                .collect(Collectors.groupingBy(
                        prediction -> prediction.sequence().name(), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static List<SequenceFile> read(List<Path> paths, LimitSettings limits) {
        List<SequenceFile> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                long size = Files.size(path);
                if (size > limits.maxAlignmentText().toBytes()) {
                    throw new CommandFailedException(
                            ExitCode.USAGE,
                            path + ": " + size + " bytes, limit "
                                    + limits.maxAlignmentText().toBytes() + " (ANFINSEN_LIMITS_MAXALIGNMENTTEXT)");
                }
                files.add(SequenceFile.named(path.toString(), Files.readAllBytes(path)));
            } catch (NoSuchFileException e) {
                throw new CommandFailedException(ExitCode.USAGE, path + ": there is no such file");
            } catch (IOException e) {
                throw new CommandFailedException(ExitCode.USAGE, path + ": cannot be read: " + e.getMessage());
            }
        }
        return files;
    }

    /** Two names may differ only in what file names lose. */
    private static void checkFileNames(Collection<List<NewPrediction>> chains) {
        Map<String, String> names = new HashMap<>();
        for (List<NewPrediction> predictions : chains) {
            NewPrediction prediction = predictions.getFirst();
            String name = prediction.sequence().name();
            String earlier = names.put(ResultFolder.fileNames(prediction).job(), name);
            if (earlier != null) {
                throw new CommandFailedException(
                        ExitCode.USAGE, earlier + " and " + name + " would have the same file names: rename one");
            }
            if (predictions.stream().map(ResultFolder::fileNames).distinct().count() < predictions.size()) {
                throw new CommandFailedException(
                        ExitCode.USAGE, name + ": two of the models would have the same file names: leave one out");
            }
        }
    }
}
