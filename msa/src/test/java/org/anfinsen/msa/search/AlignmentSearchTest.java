package org.anfinsen.msa.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.embedded.EmbeddedEngine;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentSearchTest {

    private static final String RESIDUES = "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRL";
    private static final ProteinSequence QUERY = new ProteinSequence("q", RESIDUES);

    private final AlignmentSearch search = new AlignmentSearch(
            List.of(new EmbeddedEngine(new SearchSettings(1e-3, 1, 100, 1, Duration.ofMinutes(1)))),
            AlignmentFilter.DUPLICATES);

    @TempDir
    Path directory;

    private Database database(String name, String fasta) throws Exception {
        Path file = Files.writeString(directory.resolve(name), fasta);
        return new Database(name, EngineKind.EMBEDDED, file.toString(), "7", "sum of " + name);
    }

    @Test
    void mergesTheRowsOfAllDatabasesOnce() throws Exception {
        String first = ">a\n" + RESIDUES.replace('K', 'R') + "\n";
        String second = ">copy of a\n" + RESIDUES.replace('K', 'R') + "\n>b\n" + RESIDUES.replace('A', 'S') + "\n";
        AlignmentSearch.Report report = search.search(QUERY, List.of(database("one", first), database("two", second)));
        assertThat(report).isInstanceOf(AlignmentSearch.Report.Complete.class);
        AlignmentSearch.Report.Complete complete = (AlignmentSearch.Report.Complete) report;
        assertThat(complete.alignment().rows()).isEqualTo(3);
        assertThat(complete.alignment().name(1)).startsWith("a\t");
        assertThat(complete.alignment().name(2)).startsWith("b\t");
        assertThat(complete.uses()).extracting(AlignmentSearch.Use::rows).containsExactly(1, 2);
        assertThat(complete.uses()).extracting(AlignmentSearch.Use::version).containsOnly("7");
        assertThat(complete.uses().get(1).checksum()).isEqualTo("sum of two");
    }

    @Test
    void givesTheQueryAloneWithoutDatabases() throws Exception {
        AlignmentSearch.Report report = search.search(QUERY, List.of());
        assertThat(((AlignmentSearch.Report.Complete) report).alignment().rows())
                .isEqualTo(1);
    }

    @Test
    void namesWhatIsMissingBeforeItSearches() throws Exception {
        Database gone = new Database(
                "gone", EngineKind.EMBEDDED, directory.resolve("gone").toString(), "1", "");
        Database other = new Database("other", EngineKind.HHBLITS, "/nowhere", "1", "");
        List<Database> databases = List.of(database("one", ">a\nMKV\n"), gone, other);
        assertThat(search.check(databases))
                .extracting(AlignmentSearch.Report.Failed::database)
                .containsExactly("gone", "other");
        assertThat(search.search(QUERY, databases)).isInstanceOf(AlignmentSearch.Report.Failed.class);
    }
}
