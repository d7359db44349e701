package org.anfinsen.msa.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engines with the real programs, which are Debian packages: mmseqs2, hhsuite, hhsuite-data, hmmer. */
class ProgramEnginesIT {

    private static final String AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";
    private static final String RESIDUES =
            "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRLDILVNNAG";
    private static final ProteinSequence QUERY = new ProteinSequence("my query", RESIDUES);
    private static final ProteinSequence ALONE = new ProteinSequence("alone", "WCWHWMWCPWHWCWMWHPWCWHWMWCWPWHCW");
    private static final SearchSettings SETTINGS = new SearchSettings(1e-3, 2, 1_000, 2, Duration.ofMinutes(5));
    private static final int RELATIVES = 20;
    private static final Path CSTRANSLATE = Path.of("/usr/libexec/hhsuite/cstranslate-plain");
    private static final Path HHSUITE_DATA = Path.of("/usr/share/hhsuite/data");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(3);

    private String random(int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(AMINO_ACIDS.charAt(random.nextInt(20)));
        }
        return letters.toString();
    }

    private String mutated(String sequence, double rate) {
        StringBuilder letters = new StringBuilder(sequence);
        for (int i = 0; i < letters.length(); i++) {
            if (random.nextDouble() < rate) {
                letters.setCharAt(i, AMINO_ACIDS.charAt(random.nextInt(20)));
            }
        }
        return letters.toString();
    }

    private Path fasta = Path.of("");

    @BeforeEach
    void writeSequences() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RELATIVES; i++) {
            String relative = mutated(RESIDUES, 0.4);
            text.append(">relative").append(i).append('\n');
            text.append(relative, 0, 40)
                    .append("GG")
                    .append(relative.substring(40))
                    .append('\n');
        }
        for (int i = 0; i < 200; i++) {
            text.append(">random").append(i).append('\n').append(random(100)).append('\n');
        }
        fasta = Files.writeString(directory.resolve("db.fasta"), text);
    }

    private static void assumeInstalled(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    new ExternalProgram(program).find().isPresent(), "not checked: " + program + " is not installed");
        }
    }

    private void call(String program, String... arguments) throws Exception {
        Duration limit = Duration.ofMinutes(2);
        new ExternalProgram(program).run(directory, System.nanoTime() + limit.toNanos(), limit, List.of(arguments));
    }

    private Database mmseqsDatabase() throws Exception {
        assumeInstalled("mmseqs");
        call("mmseqs", "createdb", fasta.toString(), "target");
        return new Database("m", EngineKind.MMSEQS2, directory.resolve("target").toString(), "1", "");
    }

    /** An HH-suite database of three families around the query and ten others. */
    private Database hhsuiteDatabase() throws Exception {
        assumeInstalled("hhblits", "hhmake", "ffindex_build");
        assumeTrue(Files.isExecutable(CSTRANSLATE), "not checked: " + CSTRANSLATE + " is not installed");
        Path a3m = Files.createDirectories(directory.resolve("a3m"));
        Path hhm = Files.createDirectories(directory.resolve("hhm"));
        for (int family = 0; family < 13; family++) {
            String base = family < 3 ? mutated(RESIDUES, 0.3) : random(90);
            StringBuilder rows = new StringBuilder(">family" + family + "\n" + base + "\n");
            for (int row = 0; row < 6; row++) {
                rows.append(">f").append(family).append('_').append(row).append('\n');
                rows.append(mutated(base, 0.3)).append('\n');
            }
            Path file = Files.writeString(a3m.resolve("family" + family + ".a3m"), rows);
            call(
                    "hhmake",
                    "-i",
                    file.toString(),
                    "-o",
                    hhm.resolve(file.getFileName()).toString(),
                    "-v",
                    "0");
        }
        call("ffindex_build", "-s", "db_a3m.ffdata", "db_a3m.ffindex", a3m.toString());
        call("ffindex_build", "-s", "db_hhm.ffdata", "db_hhm.ffindex", hhm.toString());
        call(
                CSTRANSLATE.toString(),
                "-x",
                "0.3",
                "-c",
                "4",
                "-f",
                "-i",
                "db_a3m",
                "-o",
                "db_cs219",
                "-A",
                HHSUITE_DATA.resolve("cs219.lib").toString(),
                "-D",
                HHSUITE_DATA.resolve("context_data.lib").toString(),
                "-I",
                "a3m",
                "-b");
        return new Database("h", EngineKind.HHBLITS, directory.resolve("db").toString(), "1", "");
    }

    private Database jackhmmerDatabase() {
        assumeInstalled("jackhmmer");
        return new Database("j", EngineKind.JACKHMMER, fasta.toString(), "1", "");
    }

    private static SearchOutcome.Found found(SearchEngine engine, ProteinSequence query, Database database)
            throws Exception {
        assertThat(engine.check(database)).isEmpty();
        SearchOutcome outcome = engine.search(query, database);
        assertThat(outcome).isInstanceOf(SearchOutcome.Found.class);
        return (SearchOutcome.Found) outcome;
    }

    private void findsTheFamily(SearchEngine engine, Database database, int rowsMin, String version) throws Exception {
        SearchOutcome.Found found = found(engine, QUERY, database);
        Alignment alignment = found.alignment();
        assertThat(alignment.name(0)).isEqualTo("my query");
        assertThat(alignment.aligned(0)).isEqualTo(RESIDUES);
        assertThat(alignment.rows()).isBetween(rowsMin + 1, RELATIVES + 2);
        for (int row = 1; row < alignment.rows(); row++) {
            assertThat(alignment.name(row)).doesNotContain("random");
        }
        assertThat(found.engine()).startsWith(version);
        assertThat(found(engine, ALONE, database).alignment().rows()).isEqualTo(1);
        assertThat(workFiles()).isEmpty();
    }

    private List<Path> workFiles() throws IOException {
        Path work = directory.resolve("work");
        if (!Files.exists(work)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.toList();
        }
    }

    private Path work() {
        return directory.resolve("work");
    }

    @Test
    void mmseqsFindsTheFamilyAndCountsItsInsertions() throws Exception {
        Database database = mmseqsDatabase();
        MmseqsEngine engine = new MmseqsEngine("mmseqs", SETTINGS, work());
        findsTheFamily(engine, database, RELATIVES - 2, "mmseqs ");
        Alignment alignment = found(engine, QUERY, database).alignment();
        int inserted = 0;
        for (int row = 1; row < alignment.rows(); row++) {
            for (int column = 36; column < 45; column++) {
                inserted += alignment.deletions(row, column) == 2 ? 1 : 0;
            }
        }
        assertThat(inserted).isGreaterThan(RELATIVES / 2);
    }

    @Test
    void hhblitsFindsTheFamilies() throws Exception {
        Database database = hhsuiteDatabase();
        findsTheFamily(new HhblitsEngine("hhblits", SETTINGS, work()), database, 15, "hhblits 3");
    }

    @Test
    void jackhmmerFindsTheFamily() throws Exception {
        Database database = jackhmmerDatabase();
        findsTheFamily(new JackhmmerEngine("jackhmmer", SETTINGS, work()), database, RELATIVES - 2, "jackhmmer 3");
    }

    @Test
    void saysWhichProgramOrDatabaseIsMissing() throws IOException, InterruptedException {
        Database database = new Database(
                "gone", EngineKind.JACKHMMER, directory.resolve("gone").toString(), "1", "");
        assertThat(new JackhmmerEngine("no-such-program", SETTINGS, work()).search(QUERY, database))
                .isEqualTo(new SearchOutcome.Failed(new SearchFailure.ProgramMissing("no-such-program")));
        assumeInstalled("jackhmmer");
        assertThat(new JackhmmerEngine("jackhmmer", SETTINGS, work()).check(database))
                .isEqualTo(Optional.of(new SearchFailure.DatabaseMissing("gone", database.location())));
    }

    @Test
    void reportsWhatAFailingProgramSaid() throws Exception {
        assumeInstalled("jackhmmer");
        Path broken = Files.writeString(directory.resolve("broken.fasta"), "this is no FASTA\n");
        Database database = new Database("broken", EngineKind.JACKHMMER, broken.toString(), "1", "");
        SearchOutcome outcome = new JackhmmerEngine("jackhmmer", SETTINGS, work()).search(QUERY, database);
        assertThat(outcome).isInstanceOf(SearchOutcome.Failed.class);
        SearchFailure failure = ((SearchOutcome.Failed) outcome).failure();
        assertThat(failure).isInstanceOf(SearchFailure.ProgramFailed.class);
        assertThat(failure.message()).contains("jackhmmer ended with code");
        assertThat(((SearchFailure.ProgramFailed) failure).lastOutput()).isNotBlank();
    }

    @Test
    void refusesTheRubbishThatAProgramWrites() throws Exception {
        Database database = new Database("db", EngineKind.JACKHMMER, fasta.toString(), "1", "");
        for (String written : List.of(
                "head -c 5000 /dev/urandom > alignment.sto",
                "echo '<html>502 Bad Gateway</html>' > alignment.sto",
                "printf '# STOCKHOLM 1.0\\nquery MKT' > alignment.sto",
                "printf '# STOCKHOLM 1.0\\nquery MK\\nother MKTT\\n//\\n' > alignment.sto")) {
            Path program = directory.resolve("rubbish");
            Files.writeString(program, "#!/bin/sh\n" + written + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            SearchOutcome outcome = new JackhmmerEngine(program.toString(), SETTINGS, work()).search(QUERY, database);
            assertThat(outcome).as(written).isInstanceOf(SearchOutcome.Failed.class);
            assertThat(((SearchOutcome.Failed) outcome).failure())
                    .as(written)
                    .isInstanceOf(SearchFailure.OutputUnreadable.class);
        }
    }

    @Test
    void stopsAProgramThatPrintsWithoutEnd() {
        assumeInstalled("yes");
        Duration limit = Duration.ofMinutes(2);
        assertThatThrownBy(() -> new ExternalProgram("yes")
                        .run(directory, System.nanoTime() + limit.toNanos(), limit, List.of("rubbish")))
                .hasMessage("the output of yes cannot be used: it printed more than 64 MiB");
    }

    @Test
    void stopsAProgramWhenItsTimeIsUpOrTheThreadIsInterrupted() throws Exception {
        assumeInstalled("sleep");
        ExternalProgram sleep = new ExternalProgram("sleep");
        Duration limit = Duration.ofMillis(200);
        long start = System.nanoTime();
        assertThatThrownBy(() -> sleep.run(directory, System.nanoTime() + limit.toNanos(), limit, List.of("60")))
                .isInstanceOf(SearchFailedException.class)
                .hasMessage("sleep took more than 0 s");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> sleep.run(
                        directory, System.nanoTime() + Duration.ofMinutes(1).toNanos(), limit, List.of("60")))
                .isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        for (ProcessHandle killed : ProcessHandle.current().children().toList()) {
            assertThat(killed.onExit()).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
