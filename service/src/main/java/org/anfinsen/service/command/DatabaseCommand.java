package org.anfinsen.service.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.DatabaseRegistry;
import org.anfinsen.msa.search.DatabaseRegistry.Verification;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.pipeline.search.DatabaseSearch;
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

/** {@code anfinsen database}: the names of sequence databases in the data directory. */
@Command(
        name = "database",
        description = "Names, lists, verifies and forgets sequence databases, in which predictions search homologues.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  anfinsen database add swissprot uniprot_sprot.fasta.gz --database-version 2026_03",
            "  anfinsen database add uniref30 /db/uniref30_2302_db --engine mmseqs2 --database-version 2302",
            "  anfinsen database add colabfold https://api.colabfold.com --engine colabfold --database-version 2302",
            "  anfinsen database list",
            "  anfinsen predict protein.fasta -o out/ --database swissprot"
        })
final class DatabaseCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private EngineOptions places = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DatabaseRegistry registry() {
        return DatabaseSearch.registry(places.places().dataDirectory());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void print(Database database, boolean json, Map<String, Object> more) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", database.name());
            members.put("version", database.version());
            members.put("engine", database.engine().code());
            members.put("location", database.location());
            members.put("checksum", database.checksum());
            members.putAll(more);
            out().println(JSON.writeValueAsString(members));
        } else {
            String state = more.values().stream().map(value -> ": " + value).collect(Collectors.joining());
            out().printf(
                            "%s%s  version %s, %s, %s%n",
                            database.name(),
                            state,
                            database.version(),
                            database.engine().code(),
                            database.location());
        }
        out().flush();
    }

    private static CommandFailedException failed(Exception e) {
        return new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }

    @Command(
            name = "list",
            description = "Lists the databases.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database list --json | jq -r .name"})
    int list(@Option(names = "--json", description = "One JSON object a line") boolean json) {
        try {
            for (Database database : registry().list()) {
                print(database, json, Map.of());
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Command(
            name = "verify",
            description = "Reads all files of databases and says whether they are as they were when they were added."
                    + " Exit code 1 if any is not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database verify swissprot"})
    int verify(
            @Option(names = "--json", description = "One JSON object a line") boolean json,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "All if none is given") @Nullable
                    List<String> names) {
        int changed = 0;
        try {
            for (Database database : named(names == null ? List.of() : names)) {
                String state = switch (registry().verify(database)) {
                    case Verification.Unchanged ignored -> "unchanged";
                    case Verification.Changed ignored -> "changed";
                    case Verification.Missing ignored -> "missing";
                    case Verification.Remote ignored -> "a server";
                };
                changed += state.equals("changed") || state.equals("missing") ? 1 : 0;
                print(database, json, Map.of("state", state));
            }
            return changed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<Database> named(List<String> names) throws IOException {
        List<Database> all = registry().list();
        if (names.isEmpty()) {
            return all;
        }
        List<Database> named = new ArrayList<>();
        for (String name : names) {
            named.add(all.stream()
                    .filter(database -> database.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name)));
        }
        return named;
    }

    private static CommandFailedException unknown(String name) {
        return new CommandFailedException(ExitCode.USAGE, "there is no database " + name);
    }

    @Command(
            name = "remove",
            description = "Forgets a database. Its files stay, and so does what jobs say of it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database remove swissprot"})
    int remove(@Parameters(paramLabel = "NAME", description = "The database") String name) {
        try {
            if (!registry().remove(name)) {
                throw unknown(name);
            }
            out().println(name + " is forgotten");
            return ExitCode.OK;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** {@code anfinsen database add}. */
    @Command(
            name = "add",
            description = "Names a database. All of its files are read once, for their checksum.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {
                "",
                "Engines and their locations:",
                "  embedded   a FASTA file, .gz or not, of up to some hundred thousand sequences; needs no program",
                "  mmseqs2    the path given to mmseqs createdb; needs the program mmseqs",
                "  jackhmmer  a FASTA file; needs the program jackhmmer",
                "  hhblits    the prefix of an HH-suite database, without _a3m.ffdata; needs the program hhblits",
                "  colabfold  the address of a ColabFold MMseqs2 server, to which sequences are then sent",
                "",
                "Example:",
                "  anfinsen database add swissprot uniprot_sprot.fasta.gz --database-version 2026_03"
            })
    static final class Add implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "What requests call it")
        private String name = "";

        @Parameters(index = "1", paramLabel = "LOCATION", description = "A file, a prefix or an address")
        private String location = "";

        @Option(
                names = "--engine",
                paramLabel = "ENGINE",
                defaultValue = "embedded",
                description =
                        "What searches it: mmseqs2, hhblits, jackhmmer, colabfold, embedded; embedded if not given")
        private String engine = "embedded";

        @Option(
                names = "--database-version",
                paramLabel = "TEXT",
                defaultValue = "1",
                description = "What its owner calls this state of it; 1 if not given")
        private String version = "1";

        @Option(names = "--json", description = "One JSON object")
        private boolean json;

        @ParentCommand
        private DatabaseCommand parent = new DatabaseCommand();

        @Override
        public Integer call() {
            EngineKind kind = EngineKind.ofCode(engine)
                    .orElseThrow(() -> new CommandFailedException(
                            ExitCode.USAGE,
                            "--engine: '" + engine + "'. Choose one of: "
                                    + Stream.of(EngineKind.values())
                                            .map(EngineKind::code)
                                            .collect(Collectors.joining(", "))));
            try {
                parent.print(parent.registry().add(name, kind, location, version), json, Map.of());
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException e) {
                throw failed(e);
            }
        }
    }
}
