package org.anfinsen.service.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.model.ModelImporter;
import org.anfinsen.network.model.ModelPackage;
import org.anfinsen.network.model.ModelRegistry;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.pipeline.qualification.CompressedImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code anfinsen model}: the model packages of the models directory. */
@Command(
        name = "model",
        description = "Lists, imports, verifies and removes model packages.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  anfinsen model list",
            "  anfinsen model import params_model_1_ptm.npz --name model_1_ptm --licence CC-BY-4.0",
            "  anfinsen predict protein.fasta -o out/ --model model_1_ptm"
        })
final class ModelCommand {

    @Mixin
    private EngineOptions places = new EngineOptions();

    private Path directory() {
        return places.places().modelsDirectory();
    }

    @Command(
            name = "list",
            description = "Lists the packages.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen model list --json | jq -r .name"})
    int list(@Mixin Output output) {
        try {
            for (ModelCard card : new ModelRegistry(directory()).list()) {
                String text = String.format(
                        "%s  version %s, %s, %s%n    %s",
                        card.name(),
                        card.version(),
                        LocalDate.ofInstant(card.created(), ZoneOffset.UTC),
                        card.licence(),
                        card.description());
                output.print(text, card);
            }
            return ExitCode.OK;
        } catch (ModelException e) {
            throw new CommandFailedException(e);
        }
    }

    @Command(
            name = "verify",
            description = "Checks that packages are complete and undamaged.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit code 1 if one is damaged.",
                "",
                "Example:",
                "  anfinsen model verify anfinsen-1",
                "  anfinsen model verify --json | jq -r 'select(.good | not) | .name'"
            })
    int verify(
            @Mixin Output output,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "All if none is given") List<String> names) {
        ModelRegistry registry = new ModelRegistry(directory());
        int damaged = 0;
        List<String> all = names == null || names.isEmpty()
                ? registry.list().stream().map(ModelCard::name).toList()
                : names;
        for (String name : all) {
            try {
                registry.open(name);
                printState(output, name, null);
            } catch (ModelException | ParameterException | IllegalArgumentException e) {
                damaged++;
                printState(output, name, String.valueOf(e.getMessage()));
            }
        }
        return damaged == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void printState(Output output, String name, @Nullable String fault) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("good", fault == null);
        if (fault != null) {
            members.put("fault", fault);
        }
        output.print(name + ": " + (fault == null ? "good" : fault), members);
    }

    @Command(
            name = "remove",
            description = "Deletes a package.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen model remove model_1_ptm"})
    int remove(@Mixin Output output, @Parameters(paramLabel = "NAME", description = "The package") String name) {
        try {
            new ModelRegistry(directory()).remove(name);
            output.print(name + " is removed", new Output.Outcome(name, "removed"));
            return ExitCode.OK;
        } catch (ModelException | IllegalArgumentException e) {
            throw new CommandFailedException(e);
        }
    }

    /** {@code anfinsen model import}. */
    @Command(
            name = "import",
            description = "Makes a package of AlphaFold's or OpenFold's parameters.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  anfinsen model import params_model_1_ptm.npz --name model_1_ptm --licence CC-BY-4.0",
                "  anfinsen model import finetuning_ptm_2.pt --name openfold_ptm_2 --licence CC-BY-4.0"
            })
    static final class Import implements Callable<Integer> {

        @Parameters(
                paramLabel = "PARAMETERS",
                description = "AlphaFold's (.npz), such as params_model_1_ptm.npz, or OpenFold's (.pt, .ckpt)")
        private Path parameters = Path.of("");

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "What requests call it")
        private String name = "";

        @Option(names = "--model-version", paramLabel = "TEXT", defaultValue = "1", description = "1 if not given")
        private String version = "1";

        @Option(
                names = "--description",
                paramLabel = "TEXT",
                defaultValue = "imported parameters",
                description = "What it is, for whoever chooses a model")
        private String description = "";

        @Option(
                names = "--licence",
                paramLabel = "SPDX",
                defaultValue = "unknown",
                description = "Licence of the parameters")
        private String licence = "";

        @Option(
                names = "--recycles",
                paramLabel = "N",
                defaultValue = "3",
                description = "What it takes unless a request says so; 3 if not given")
        private int recycles = 3;

        @Option(
                names = "--msa-clusters",
                paramLabel = "N",
                description = "Rows of the main alignment at most; 512 if not given")
        private int msaClusters = ModelCard.Features.ALPHAFOLD.msaClusters();

        @Option(
                names = "--extra-msa",
                paramLabel = "N",
                description = "Rows of the extra alignment at most; 5120 if not given")
        private int extraMsa = ModelCard.Features.ALPHAFOLD.extraMsa();

        @Option(
                names = "--masked-fraction",
                paramLabel = "X",
                description = "Share of the main alignment that is masked; 0.15 if not given, as in AlphaFold")
        private double maskedFraction = ModelCard.Features.ALPHAFOLD.maskedFraction();

        @Option(
                names = "--query-as-extra",
                description = "The query fills the extra alignment where there are no other rows")
        private boolean queryAsExtra;

        @Option(
                names = "--precision",
                paramLabel = "P",
                defaultValue = "fp32",
                description =
                        "How the package keeps them: fp32 (default), fp16, int8-weights, or int8, which multiplies "
                                + "in eight-bit integers too, faster on the CPU. A package in less than fp32 is compared with its "
                                + "fp32 twin; its card has the differences")
        private String precision = "fp32";

        @Mixin
        private Output output = new Output();

        @ParentCommand
        private ModelCommand parent = new ModelCommand();

        /** The new package: where it is, and what its card says. */
        private record Imported(
                String directory, @JsonUnwrapped ModelCard card) {}

        @Override
        public Integer call() {
            try {
                ModelImporter.Details details = new ModelImporter.Details(
                        name,
                        version,
                        description,
                        licence,
                        Precision.of(precision),
                        recycles,
                        new ModelCard.Features(msaClusters, extraMsa, maskedFraction, queryAsExtra),
                        Map.of(),
                        Map.of());
                ModelPackage imported = details.precision() == Precision.FP32
                        ? ModelImporter.importParameters(parameters, details, parent.directory())
                        : CompressedImport.importParameters(parameters, details, parent.directory());
                StringBuilder text = new StringBuilder(imported + " is in " + imported.directory());
                new TreeMap<>(imported.card().metrics())
                        .forEach((metric, value) ->
                                text.append(String.format(Locale.ROOT, "%n    %s: %.4g", metric, value)));
                output.print(text.toString(), new Imported(imported.directory().toString(), imported.card()));
                return ExitCode.OK;
            } catch (ModelException | ParameterException | IllegalArgumentException e) {
                throw new CommandFailedException(e);
            }
        }
    }
}
