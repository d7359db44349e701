package org.anfinsen.msa.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRegistryTest {

    @TempDir
    Path directory;

    private DatabaseRegistry registry() {
        return new DatabaseRegistry(directory.resolve("databases"));
    }

    private Path fasta() throws IOException {
        return Files.writeString(directory.resolve("db.fasta"), ">a\nMKV\n");
    }

    @Test
    void remembersWhatWasAddedInAnotherInstance() throws IOException {
        Database added = registry().add("swissprot", EngineKind.EMBEDDED, fasta().toString(), "2026_03");
        Database remote = registry().add("colab", EngineKind.COLABFOLD, "https://example.org", "unknown");
        assertThat(registry().list()).containsExactly(remote, added);
        assertThat(registry().find("swissprot")).contains(added);
        assertThat(added.checksum()).hasSize(64);
        assertThat(remote.checksum()).isEmpty();
    }

    @Test
    void tellsHowMuchIsRead() throws IOException {
        List<Double> shares = new ArrayList<>();
        registry().telling(shares::add).add("db", EngineKind.EMBEDDED, fasta().toString(), "1");
        assertThat(shares).containsExactly(1.0);
    }

    @Test
    void seesThatFilesHaveChangedOrGone() throws IOException {
        Path file = fasta();
        Database database = registry().add("db", EngineKind.JACKHMMER, file.toString(), "1");
        assertThat(registry().verify(database)).isInstanceOf(DatabaseRegistry.Verification.Unchanged.class);
        Files.writeString(file, ">a\nMKL\n");
        assertThat(registry().verify(database)).isInstanceOf(DatabaseRegistry.Verification.Changed.class);
        Files.delete(file);
        assertThat(registry().verify(database)).isInstanceOf(DatabaseRegistry.Verification.Missing.class);
        assertThat(registry().verify(new Database("r", EngineKind.COLABFOLD, "https://example.org", "1", "")))
                .isInstanceOf(DatabaseRegistry.Verification.Remote.class);
    }

    @Test
    void seesWithoutReadingThatFilesMayHaveChangedUntilTheyAreVerified() throws IOException {
        Path file = fasta();
        Database database = registry().add("db", EngineKind.EMBEDDED, file.toString(), "1");
        assertThat(registry().looksChanged(database)).isFalse();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(registry().looksChanged(database)).isTrue();
        assertThat(registry().verify(database)).isInstanceOf(DatabaseRegistry.Verification.Unchanged.class);
        assertThat(registry().looksChanged(database)).isFalse();
        Files.writeString(file, ">a\nMKV\n>b\nMKL\n");
        assertThat(registry().looksChanged(database)).isTrue();
        assertThat(registry().verify(database)).isInstanceOf(DatabaseRegistry.Verification.Changed.class);
        assertThat(registry().looksChanged(database)).isTrue();
    }

    @Test
    void takesAllFilesOfAPrefix() throws IOException {
        for (String name : new String[] {"db", "db.index", "db_h", "dbx", "other"}) {
            Files.writeString(directory.resolve(name), name);
        }
        assertThat(DatabaseFiles.list(EngineKind.MMSEQS2, directory.resolve("db")))
                .extracting(path -> String.valueOf(path.getFileName()))
                .containsExactly("db", "db.index", "db_h");
    }

    @Test
    void forgetsADatabaseAndLeavesItsFiles() throws IOException {
        Path file = fasta();
        registry().add("db", EngineKind.EMBEDDED, file.toString(), "1");
        assertThat(registry().remove("db")).isTrue();
        assertThat(registry().remove("db")).isFalse();
        assertThat(registry().list()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void refusesTakenNamesBadNamesAndMissingFiles() throws IOException {
        String file = fasta().toString();
        registry().add("db", EngineKind.EMBEDDED, file, "1");
        assertThatThrownBy(() -> registry().add("db", EngineKind.EMBEDDED, file, "1"))
                .hasMessage("there is already a database db");
        assertThatThrownBy(() -> registry().add("../db", EngineKind.EMBEDDED, file, "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry().add("none", EngineKind.EMBEDDED, file, "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry().add("gone", EngineKind.EMBEDDED, file + "x", "1"))
                .isInstanceOf(IOException.class);
    }
}
