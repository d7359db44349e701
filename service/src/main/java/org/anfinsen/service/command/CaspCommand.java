package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anfinsen.msa.sequence.FastaReader;
import org.anfinsen.msa.sequence.FastaResult;
import org.anfinsen.msa.sequence.SequenceLimits;
import org.anfinsen.pipeline.artifact.DistogramContacts;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.submission.RequestedNetworks;
import org.anfinsen.service.submission.RequestedOptions;
import org.anfinsen.service.submission.RequestedTemplates;
import org.anfinsen.service.submission.SequenceFile;
import org.anfinsen.service.submission.SubmissionReader;
import org.anfinsen.structure.casp.CaspCheck;
import org.anfinsen.structure.casp.CaspHeader;
import org.anfinsen.structure.casp.CaspQaWriter;
import org.anfinsen.structure.casp.CaspTsWriter;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anfinsen casp}: submissions as CASP takes them. */
@Command(
        name = "casp",
        description = "Makes and checks submissions to CASP.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  anfinsen casp submit T1104.fasta --author 1234-5678-9012 -o out/",
            "  anfinsen casp check out/T1104.ts --target T1104.fasta"
        })
final class CaspCommand {

    /** {@code anfinsen casp submit}. */
    @Command(
            name = "submit",
            description = "Predicts a target with several seeds, or several model packages, and writes its models, best"
                    + " pLDDT first, as TS, with QA and RR beside it. Nothing is sent.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {"", "Example:", "  anfinsen casp submit T1104.fasta --author 1234-5678-9012 -o out/"})
    static final class Submit implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "FASTA of one target, or its alignment")
        private Path file = Path.of("");

        @Option(
                names = "--author",
                paramLabel = "CODE",
                required = true,
                description = "Registration code, 1234-5678-9012, or the registered name of a server")
        private String author = "";

        @Option(
                names = "--target",
                paramLabel = "NAME",
                description = "Such as T1104; the sequence's name if not given")
        private @Nullable String target;

        @Option(
                names = "--models",
                paramLabel = "N",
                description = "How many models with each package, 1 to 5 in all; as many as CASP takes if not given")
        private @Nullable String models;

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Model package, or several with commas between; see anfinsen model list")
        private @Nullable String model;

        @Option(names = "--recycles", paramLabel = "N", description = "How often the network's output is fed back")
        private @Nullable String recycles;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FOLDER",
                defaultValue = ".",
                description = "Where the files go; the working directory if not given")
        private Path output = Path.of(".");

        @Mixin
        private EngineOptions engineOptions = new EngineOptions();

        @Mixin
        private Output results = new Output();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private final Function<PlaceSettings, Engine> opener;

        Submit(Function<PlaceSettings, Engine> opener) {
            this.opener = opener;
        }

        /** A file of the submission. */
        private record Written(String file, String format, String target) {}

        /** One model and what its contacts are read from. */
        private record Made(ProteinStructure structure, Artifact distogram) {}

        @Override
        public Integer call() throws IOException, Predictor.PredictionFailedException {
            CaspHeader header = header();
            try (Engine engine = opener.apply(engineOptions.places())) {
                List<Made> made = new ArrayList<>();
                for (NewPrediction prediction : requests(engine)) {
                    made.add(predict(engine, prediction));
                }
                made.sort(Comparator.comparingDouble(
                                (Made each) -> each.structure().meanBFactor())
                        .reversed());
                write(header, made);
            }
            return ExitCode.OK;
        }

        private Made predict(Engine engine, NewPrediction prediction)
                throws IOException, Predictor.PredictionFailedException {
            PredictionResult result;
            try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), prediction, false)) {
                result = engine.predictor().predict(prediction, progress);
            }
            Artifact structure = artifact(result, "structure.pdb");
            return new Made(
                    StructureReader.read(structure.name(), structure.content()).getFirst(),
                    artifact(result, "distogram.npz"));
        }

        private List<NewPrediction> requests(Engine engine) throws IOException {
            SubmissionReader reader = EngineOptions.reader(engine);
            List<NewPrediction> read = reader.read(
                    List.of(SequenceFile.named(file.toString(), Files.readAllBytes(file))),
                    target,
                    new RequestedOptions(
                            new RequestedNetworks(model, recycles, models == null ? fittingModels() : models),
                            "0",
                            null,
                            RequestedTemplates.NONE));
            Set<String> names = read.stream()
                    .map(prediction -> prediction.sequence().name())
                    .collect(Collectors.toSet());
            if (names.size() != 1) {
                throw new CommandFailedException(
                        ExitCode.USAGE, file + ": " + names.size() + " sequences, one is needed");
            }
            return read;
        }

        /** As many with each package as CASP takes in all. */
        private String fittingModels() {
            List<String> packages = Objects.requireNonNullElse(RequestedOptions.names(model), List.of());
            return Integer.toString(Math.max(1, CaspTsWriter.MODELS_MAX / Math.max(1, packages.size())));
        }

        private static Artifact artifact(PredictionResult result, String name) {
            return result.artifacts().stream()
                    .filter(artifact -> artifact.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        private CaspHeader header() {
            try {
                return new CaspHeader(
                        target == null ? stem(file) : target,
                        author,
                        List.of("Anfinsen: AlphaFold 2's network, models ranked by pLDDT", "B: pLDDT"));
            } catch (IllegalArgumentException e) {
                throw new CommandFailedException(e);
            }
        }

        private void write(CaspHeader header, List<Made> made) throws IOException {
            List<ProteinStructure> structures =
                    made.stream().map(Made::structure).toList();
            ProteinSequence sequence = structures.getFirst().sequence();
            ProteinSequence named = new ProteinSequence(header.target(), sequence.residues());
            Files.createDirectories(output);
            save("TS", CaspTsWriter.write(header, structures), named);
            save("QA", CaspQaWriter.write(header, structures), named);
            save(
                    "RR",
                    DistogramContacts.write(named, made.getFirst().distogram().content(), author),
                    named);
        }

        private void save(String format, String text, ProteinSequence named) throws IOException {
            String fileName = named.name() + "." + format.toLowerCase(Locale.ROOT);
            List<String> faults = CaspCheck.faults(text, named);
            if (!faults.isEmpty()) {
                throw new CommandFailedException(
                        ExitCode.SOFTWARE, fileName + " would be refused by CASP: " + faults.getFirst());
            }
            Path path = output.resolve(fileName);
            Files.writeString(path, text, StandardCharsets.US_ASCII);
            results.print(path.toString(), new Written(path.toString(), format, named.name()));
        }

        private static String stem(Path file) {
            return String.valueOf(file.getFileName()).replaceFirst("\\..*$", "");
        }
    }

    /** {@code anfinsen casp check}. */
    @Command(
            name = "check",
            description = "Says what CASP would refuse in TS, RR and QA files.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen casp check out/T1104.ts --target T1104.fasta"})
    static final class Check implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files in TS, RR or QA format")
        private List<Path> files = new ArrayList<>();

        @Option(
                names = "--target",
                paramLabel = "FASTA",
                description = "The target's sequence, to check residues against")
        private @Nullable Path target;

        @Mixin
        private Output output = new Output();

        /** What CASP would say of a file. */
        private record Checked(String file, boolean good, List<String> faults) {}

        @Override
        public Integer call() throws IOException {
            ProteinSequence sequence = target == null ? null : sequence(target);
            int refused = 0;
            for (Path file : files) {
                List<String> faults = CaspCheck.faults(Files.readString(file, StandardCharsets.ISO_8859_1), sequence);
                boolean good = faults.isEmpty();
                String text = (good ? List.of("good") : faults)
                        .stream().map(each -> file + ": " + each).collect(Collectors.joining(System.lineSeparator()));
                output.print(text, new Checked(file.toString(), good, faults));
                refused += good ? 0 : 1;
            }
            return refused == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }

        private static ProteinSequence sequence(Path fasta) throws IOException {
            return switch (new FastaReader(SequenceLimits.DEFAULT).read(Files.readAllBytes(fasta))) {
                case FastaResult.Accepted accepted ->
                    accepted.records().getFirst().sequence();
                case FastaResult.Refused refused ->
                    throw new CommandFailedException(
                            ExitCode.USAGE,
                            String.format(
                                    Locale.ROOT,
                                    "%s: %s",
                                    fasta,
                                    refused.faults().getFirst().message()));
            };
        }
    }
}
