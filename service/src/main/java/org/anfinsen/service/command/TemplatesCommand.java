package org.anfinsen.service.command;

import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

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
            "  anfinsen predict protein.a3m -o out/ --model model_1 --templates pdb --max-template-date 2020-05-14"
        })
final class TemplatesCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private EngineOptions places = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TemplateLibraries libraries() {
        return TemplateSearch.libraries(places.places().dataDirectory());
    }

    private void print(TemplateLibrary library, boolean json, Map<String, Object> more) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", library.name());
            members.put("folder", library.folder());
            members.put("chains", library.chains());
            members.put("files", library.files());
            members.put("indexed", library.indexed().toString());
            members.put("checksum", library.checksum());
            members.putAll(more);
            out.println(JSON.writeValueAsString(members));
        } else {
            Object state = more.get("state");
            out.printf(
                    "%s%s  %d chains in %d files of %s%n",
                    library.name(),
                    state == null ? "" : ": " + state,
                    library.chains(),
                    library.files(),
                    library.folder());
        }
        out.flush();
    }

    private static CommandFailedException failed(Exception e) {
        return new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }

    private static CommandFailedException unknown(String name) {
        return new CommandFailedException(ExitCode.USAGE, "there is no template library " + name);
    }

    @Command(
            name = "list",
            description = "Lists the libraries.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates list --json | jq -r .name"})
    int list(@Option(names = "--json", description = "One JSON object a line") boolean json) {
        try {
            libraries().list().forEach(library -> print(library, json, Map.of()));
            return ExitCode.OK;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Command(
            name = "verify",
            description = "Reads all structure files of libraries and says whether they are as they were when they were"
                    + " added. Exit code 1 if any is not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates verify pdb"})
    int verify(
            @Option(names = "--json", description = "One JSON object a line") boolean json,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "All if none is given") @Nullable
                    List<String> names) {
        int changed = 0;
        try {
            List<TemplateLibrary> all = libraries().list();
            for (String name : names == null ? List.<String>of() : names) {
                if (all.stream().noneMatch(library -> library.name().equals(name))) {
                    throw unknown(name);
                }
            }
            for (TemplateLibrary library : all) {
                if (names != null && !names.contains(library.name())) {
                    continue;
                }
                switch (libraries().verify(library)) {
                    case Verification.Unchanged ignored -> print(library, json, Map.of("state", "unchanged"));
                    case Verification.Changed differing -> {
                        changed++;
                        print(library, json, Map.of("state", "changed", "changed", differing.files()));
                        if (!json) {
                            differing
                                    .files()
                                    .forEach(file -> spec.commandLine().getOut().println("  " + file));
                        }
                    }
                }
            }
            return changed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Command(
            name = "remove",
            description = "Forgets a library. The structure files stay, and so does what jobs say of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen templates remove pdb"})
    int remove(@Parameters(paramLabel = "NAME", description = "The library") String name) {
        try {
            if (!libraries().remove(name)) {
                throw unknown(name);
            }
            spec.commandLine().getOut().println(name + " is forgotten");
            return ExitCode.OK;
        } catch (IOException e) {
            throw failed(e);
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

        @Option(names = "--json", description = "One JSON object")
        private boolean json;

        @ParentCommand
        private TemplatesCommand parent = new TemplatesCommand();

        @Override
        public Integer call() {
            PrintWriter err = parent.spec.commandLine().getErr();
            try {
                TemplateLibrary library =
                        parent.libraries().add(name, folder, fault -> err.println("left out: " + fault));
                err.flush();
                parent.print(library, json, Map.of());
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException e) {
                throw failed(e);
            }
        }
    }
}
