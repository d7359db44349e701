package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anfinsen.pipeline.template.TemplateLibraries;
import org.anfinsen.pipeline.template.TemplateLibraries.Verification;
import org.anfinsen.pipeline.template.TemplateLibrary;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anfinsen templates}: the libraries of known structures in the data directory. */
@Command(
        name = "templates",
        description = "Indexes, lists, verifies and forgets folders of known structures, in which predictions look for"
                + " templates. Models that take templates say so in anfinsen model list.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  anfinsen templates add pdb /db/pdb_mmcif/",
            "  anfinsen templates list",
            "  anfinsen predict p.a3m --model model_1 --templates pdb --max-template-date 2020-05-14"
        })
final class TemplatesCommand {

    private static final String KIND = "template library";

    @Mixin
    private EngineOptions places = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ReadingBar bar() {
        return new ReadingBar(spec.commandLine().getErr());
    }

    private TemplateLibraries libraries() {
        return TemplateSearch.libraries(places.places().dataDirectory());
    }

    private static void print(Output output, TemplateLibrary library) {
        print(output, library, null, List.of());
    }

    private static void print(
            Output output, TemplateLibrary library, @Nullable String state, List<String> changedFiles) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", library.name());
        members.put("folder", library.folder());
        members.put("chains", library.chains());
        members.put("files", library.files());
        members.put("indexed", library.indexed().toString());
        members.put("checksum", library.checksum());
        if (state != null) {
            members.put("state", state);
        }
        if (!changedFiles.isEmpty()) {
            members.put("changed", changedFiles);
        }
        StringBuilder text = new StringBuilder(String.format(
                "%s%s  %d chains in %d files of %s",
                library.name(),
                state == null ? "" : ": " + state,
                library.chains(),
                library.files(),
                library.folder()));
        changedFiles.forEach(
                file -> text.append(System.lineSeparator()).append("  ").append(file));
        output.print(text.toString(), members);
    }

    @Command(
            name = "list",
            description = "Lists the libraries.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates list --json | jq -r .name"})
    int list(@Mixin Output output) {
        try {
            libraries().list().forEach(library -> print(output, library));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(e);
        }
    }

    @Command(
            name = "verify",
            description = "Reads all structure files of libraries and says whether they are as they were when they were"
                    + " added. Exit code 1 if any is not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates verify pdb"})
    int verify(
            @Mixin Output output,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "All if none is given") @Nullable
                    List<String> names) {
        int changed = 0;
        try {
            for (TemplateLibrary library : Chosen.of(libraries().list(), TemplateLibrary::name, names, KIND)) {
                switch (libraries().telling(bar()).verify(library)) {
                    case Verification.Unchanged ignored -> print(output, library, "unchanged", List.of());
                    case Verification.Changed differing -> {
                        changed++;
                        print(output, library, "changed", differing.files());
                    }
                }
            }
            return changed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandFailedException(e);
        }
    }

    @Command(
            name = "remove",
            description = "Forgets a library. The structure files stay, and so does what jobs say of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates remove pdb"})
    int remove(@Mixin Output output, @Parameters(paramLabel = "NAME", description = "The library") String name) {
        try {
            TemplateLibrary library = Chosen.one(libraries().list(), TemplateLibrary::name, name, KIND);
            libraries().remove(name);
            print(output, library, "removed", List.of());
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(e);
        }
    }

    /** {@code anfinsen templates add}. */
    @Command(
            name = "add",
            description = "Indexes a folder of PDB and mmCIF files, gzipped or not, and all folders in it. Each file is"
                    + " read once; those that cannot be read are named and left out.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates add pdb /db/pdb_mmcif/"})
    static final class Add implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "What requests call it")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FOLDER", description = "Where the structures are, and stay")
        private Path folder = Path.of("");

        @Mixin
        private Output output = new Output();

        @ParentCommand
        private TemplatesCommand parent = new TemplatesCommand();

        @Override
        public Integer call() {
            ReadingBar bar = parent.bar();
            try {
                print(
                        output,
                        parent.libraries().telling(bar).add(name, folder, fault -> bar.line("left out: " + fault)));
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailedException(e);
            }
        }
    }
}
