package org.anfinsen.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.anfinsen.db.access.ApiKey;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.db.backup.Backup;
import org.anfinsen.db.backup.BackupException;
import org.anfinsen.db.backup.Contents;
import org.anfinsen.db.backup.Restoration;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class BackupRestoreIT {

    @TempDir
    private Path directory = Path.of("");

    private final HikariDataSource original = TestDatabase.empty();
    private final HikariDataSource copy = TestDatabase.empty();

    @AfterEach
    void close() {
        original.close();
        copy.close();
    }

    private static JdbcPredictionStore store(HikariDataSource database) {
        return new JdbcPredictionStore(database, new StoreSettings(100, 3, Duration.ofDays(1)));
    }

    private void fill() {
        Schema.migrate(original);
        PredictionStore store = store(original);
        store.submit(List.of(Predictions.prediction("done", 1)), null);
        PredictionStore.Claim claim =
                store.claim("worker", Duration.ofMinutes(1)).orElseThrow();
        store.complete(claim, Predictions.result("ATOM"));
        store.submit(List.of(Predictions.prediction("running", 2)), null);
        store.claim("worker", Duration.ofMillis(100)).orElseThrow();
        store.submit(List.of(Predictions.aligned("waiting")), "a-key");
        new ApiKeys(original).create("alice", EnumSet.of(ApiKey.Scope.READ), null, null);
    }

    @Test
    void givesBackJobsResultsHistoriesKeysAndTheOrderOfTheQueue() throws IOException {
        fill();
        Path file = directory.resolve("backup.zip");
        Contents written = Backup.write(original, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        assertThat(Restoration.read(file, copy)).isEqualTo(written);
        assertThat(written.rows("predictions")).isEqualTo(3);
        for (Contents.Table table : written.tables()) {
            assertThat(rows(copy, table.name())).as(table.name()).isEqualTo(rows(original, table.name()));
        }
        PredictionStore restored = store(copy);
        List<PredictionJob> jobs =
                restored.list(new PredictionStore.Filter(null, null), 0, 10).jobs();
        UUID done = jobs.getLast().id();
        assertThat(restored.artifact(done, "structure.pdb").orElseThrow().content())
                .asString()
                .isEqualTo("ATOM");
        assertThat(restored.events(done, 0)).hasSameSizeAs(store(original).events(done, 0));
        assertThat(restored.claim("worker", Duration.ofMinutes(1)).orElseThrow().job())
                .as("whose lease has run out")
                .isEqualTo(jobs.get(1).id());
        UUID next = restored.submit(List.of(Predictions.prediction("next", 9)), null)
                .jobs()
                .getFirst()
                .id();
        assertThat(restored.list(new PredictionStore.Filter(null, null), 0, 1)
                        .jobs()
                        .getFirst()
                        .id())
                .as("tickets go on where they were")
                .isEqualTo(next);
        assertThat(new ApiKeys(copy).list()).extracting(ApiKey::name).containsExactly("alice");
    }

    private static List<String> rows(HikariDataSource database, String table) {
        return new JdbcTemplate(database)
                .queryForList("select t::text from " + table + " t order by t::text", String.class);
    }

    @Test
    void bringsABackupOfAnEarlierVersionForward() throws IOException {
        Flyway.configure()
                .dataSource(original)
                .locations(Schema.LOCATION)
                .target("1")
                .load()
                .migrate();
        new JdbcTemplate(original).execute("""
            insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state)
            values ('waiting', 'YYDPETGTWY', 'default', 3, 3, 'single_sequence', repeat('d', 64), '[]', 'queued')
            """);
        Path file = directory.resolve("old.zip");
        Backup.write(original, file);

        Restoration.read(file, copy);

        PredictionJob job = store(copy)
                .list(new PredictionStore.Filter(null, null), 0, 10)
                .jobs()
                .getFirst();
        assertThat(job.state()).isEqualTo(PredictionState.QUEUED);
        assertThat(job.options().modelSha256()).isEmpty();
    }

    @Test
    void refusesADatabaseWithRowsAFileThatIsNoBackupAndAFileThatExists() throws IOException {
        fill();
        Path file = directory.resolve("backup.zip");
        Backup.write(original, file);

        assertThatThrownBy(() -> Restoration.read(file, original))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> Backup.write(original, file)).hasMessageContaining("exists already");
        byte[] bytes = Files.readAllBytes(file);
        Path half = Files.write(directory.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Restoration.read(half, copy)).isInstanceOf(BackupException.class);
        assertThat(rows(original, "predictions")).hasSize(3);
    }
}
