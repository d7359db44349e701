package org.anfinsen.pipeline.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.anfinsen.msa.search.AlignmentSearch;
import org.anfinsen.msa.search.CacheUse;
import org.anfinsen.msa.search.DatabaseRegistry;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSearchTest {

    private static final String RESIDUES = "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRL";
    private static final ProteinSequence QUERY = new ProteinSequence("q", RESIDUES);
    private static final Predictor.Monitor NOBODY = (state, progress) -> {};

    @TempDir
    Path directory;

    private DatabaseRegistry registry() {
        return DatabaseSearch.registry(directory);
    }

    private Path fasta(String text) throws IOException {
        return Files.writeString(directory.resolve("db.fasta"), text);
    }

    private static String relatives() {
        return ">a\n" + RESIDUES.replace('K', 'R') + "\n>b\n" + RESIDUES.replace('A', 'S') + "\n>copy of a\n"
                + RESIDUES.replace('K', 'R') + "\n>short\n" + RESIDUES.substring(0, 20) + "\n";
    }

    /** A program of the tests', found by every engine. */
    private DatabaseSearch searchWith(String script, Duration timeout) throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return DatabaseSearch.open(directory, Searches.options(program.toString(), timeout));
    }

    private PredictionFailure failure(DatabaseSearch search, SearchPlan plan, Predictor.Monitor monitor) {
        try {
            search.run(QUERY, plan, monitor);
        } catch (Predictor.PredictionFailedException e) {
            return e.failure();
        }
        throw new AssertionError("the search did not fail");
    }

    private SearchPlan planOfAProgram(DatabaseSearch search) throws IOException {
        registry().add("p", EngineKind.JACKHMMER, fasta(relatives()).toString(), "1");
        return search.plan(List.of("p"));
    }

    @Test
    void mergesFiltersAndTellsWhatWasSearched() throws Exception {
        registry().add("one", EngineKind.EMBEDDED, fasta(relatives()).toString(), "2026_01");
        DatabaseSearch search = Searches.in(directory);
        SearchPlan plan = search.plan(List.of("one"));
        assertThat(plan.databases().getFirst().checksum()).hasSize(64);

        AlignmentSearch.Report.Complete first = search.run(QUERY, plan, NOBODY);
        assertThat(first.alignment().rows())
                .as("query, a, b; short covers too little")
                .isEqualTo(3);
        AlignmentSearch.Use use = first.uses().getFirst();
        assertThat(use.database()).isEqualTo("one");
        assertThat(use.version()).isEqualTo("2026_01");
        assertThat(use.cache()).isEqualTo(CacheUse.MISS);

        AlignmentSearch.Report.Complete second = search.run(QUERY, plan, NOBODY);
        assertThat(second.alignment()).isEqualTo(first.alignment());
        assertThat(second.uses().getFirst().cache()).isEqualTo(CacheUse.HIT);
    }

    @Test
    void saysBeforehandWhatStandsInTheWay() throws IOException {
        Path file = fasta(relatives());
        registry().add("one", EngineKind.EMBEDDED, file.toString(), "1");
        registry().add("two", EngineKind.JACKHMMER, file.toString(), "1");
        DatabaseSearch search = Searches.in(directory);
        assertThat(search.obstacles(List.of("one"))).isEmpty();
        assertThat(search.obstacles(List.of("three", "two")))
                .containsExactly(
                        new DatabaseSearch.Obstacle.Unknown("three", List.of("one", "two")),
                        new DatabaseSearch.Obstacle.Unavailable(
                                "two", new SearchFailure.ProgramMissing("no-such-program")));
        Files.writeString(file, ">other\nMKV\n");
        assertThat(search.obstacles(List.of("one")))
                .containsExactly(
                        new DatabaseSearch.Obstacle.Unavailable("one", new SearchFailure.DatabaseChanged("one")));
        Files.delete(file);
        assertThat(search.obstacles(List.of("one"))).hasSize(1);
    }

    @Test
    void refusesADatabaseThatIsNoLongerTheOneOfThePlan() throws Exception {
        registry().add("one", EngineKind.EMBEDDED, fasta(relatives()).toString(), "1");
        DatabaseSearch search = Searches.in(directory);
        SearchPlan plan = search.plan(List.of("one"));
        registry().remove("one");
        assertThat(failure(search, plan, NOBODY).code()).isEqualTo("database-changed");
        registry().add("one", EngineKind.EMBEDDED, fasta(">a\n" + RESIDUES).toString(), "2");
        assertThat(failure(search, plan, NOBODY).message())
                .isEqualTo("database one is no longer version 1 as when the prediction was accepted: submit it again");
    }

    @Test
    void failsWhenAProgramHangs() throws Exception {
        DatabaseSearch search = searchWith("sleep 600", Duration.ofSeconds(1));
        PredictionFailure failure = failure(search, planOfAProgram(search), NOBODY);
        assertThat(failure.code()).isEqualTo("search-timed-out");
        assertThat(failure.message()).startsWith("database p: ").endsWith("took more than 1 s");
        assertThat(failure.category()).isEqualTo(PredictionFailure.Category.RESOURCES);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void failsWhenAProgramWritesRubbishOrNothingThatItWasAskedFor() throws Exception {
        DatabaseSearch rubbish = searchWith("head -c 5000 /dev/urandom > alignment.sto", Duration.ofMinutes(1));
        SearchPlan plan = planOfAProgram(rubbish);
        assertThat(failure(rubbish, plan, NOBODY).code()).isEqualTo("search-failed");
        DatabaseSearch other =
                searchWith("printf '# STOCKHOLM 1.0\\nx MKV\\n//\\n' > alignment.sto", Duration.ofMinutes(1));
        assertThat(failure(other, plan, NOBODY).message()).endsWith("its first row is not the query");
        DatabaseSearch broken = searchWith("echo no memory; exit 3", Duration.ofMinutes(1));
        assertThat(failure(broken, plan, NOBODY).message()).endsWith("ended with code 3: no memory");
    }

    @Test
    void stopsTheProgramWhenTheMonitorSaysSo() throws Exception {
        DatabaseSearch search = searchWith("sleep 600", Duration.ofMinutes(10));
        SearchPlan plan = planOfAProgram(search);
        IllegalStateException stop = new IllegalStateException("cancelled");
        Predictor.Monitor monitor = new Predictor.Monitor() {
            @Override
            public void reached(PredictionState state, PredictionProgress progress) {}

            @Override
            public void check() {
                throw stop;
            }
        };
        long start = System.nanoTime();
        assertThatThrownBy(() -> search.run(QUERY, plan, monitor)).isSameAs(stop);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        try (Stream<Path> left = Files.list(directory.resolve("searches"))) {
            assertThat(left).isEmpty();
        }
    }
}
