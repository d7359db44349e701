package org.anfinsen.service.command;

import java.io.IOException;
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
            "  anfinsen database add colabfold https://api.colabfold.com --engine colabfold",
            "  anfinsen database list",
            "  anfinsen predict protein.fasta -o out/ --database swissprot"
        })
final class DatabaseCommand {

    private static final String KIND = "database";

    @Mixin
    private EngineOptions places = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private DatabaseRegistry registry() {
        return DatabaseSearch.registry(places.places().dataDirectory())
                .telling(new ReadingBar(spec.commandLine().getErr()));
    }

    private static void print(Output output, Database database) {
        print(output, database, null);
    }

    private static void print(Output output, Database database, @Nullable String state) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", database.name());
        members.put("version", database.version());
        members.put("engine", database.engine().code());
        members.put("location", database.location());
        members.put("checksum", database.checksum());
        if (state != null) {
            members.put("state", state);
        }
        String text = String.format(
                "%s%s  version %s, %s, %s",
                database.name(),
                state == null ? "" : ": " + state,
                database.version(),
                database.engine().code(),
                database.location());
        output.print(text, members);
    }

    @Command(
            name = "list",
            description = "Lists the databases.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database list --json | jq -r .name"})
    int list(@Mixin Output output) {
        try {
            registry().list().forEach(database -> print(output, database));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(e);
        }
    }

    @Command(
            name = "verify",
            description = "Reads all files of databases and says whether they are as they were when they were added."
                    + " Exit code 1 if any is not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database verify swissprot"})
    int verify(
            @Mixin Output output,
            @Parameters(arity = "0..*", paramLabel = "NAME", description = "All if none is given") @Nullable
                    List<String> names) {
        int changed = 0;
        try {
            for (Database database : Chosen.of(registry().list(), Database::name, names, KIND)) {
                String state = switch (registry().verify(database)) {
                    case Verification.Unchanged ignored -> "unchanged";
                    case Verification.Changed ignored -> "changed";
                    case Verification.Missing ignored -> "missing";
                    case Verification.Remote ignored -> "a server";
                };
                changed += state.equals("changed") || state.equals("missing") ? 1 : 0;
                print(output, database, state);
            }
            return changed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandFailedException(e);
        }
    }

    @Command(
            name = "remove",
            description = "Forgets a database. Its files stay, and so does what jobs say of it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen database remove swissprot"})
    int remove(@Mixin Output output, @Parameters(paramLabel = "NAME", description = "The database") String name) {
        try {
            Database database = Chosen.one(registry().list(), Database::name, name, KIND);
            registry().remove(name);
            print(output, database, "removed");
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(e);
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

        @Mixin
        private Output output = new Output();

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
                print(output, parent.registry().add(name, kind, location, version));
                return ExitCode.OK;
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailedException(e);
            }
        }
    }
}
