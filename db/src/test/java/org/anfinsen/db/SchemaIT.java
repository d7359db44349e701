package org.anfinsen.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.RankedPrediction;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaIT {

    /** Jobs as the first version left them: one done with its result, one failed, one waiting. */
    private static final String FIRST_VERSION = """
        insert into results (content_hash, summary) values (repeat('a', 64), '{"mean_plddt": 71.5}');
        insert into artifacts values
            (repeat('a', 64), 'structure.pdb', 0, 'chemical/x-pdb', 4, repeat('b', 64), 'ATOM');
        insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state, finished,
                                 result, event_count)
        values ('finished', 'MKT', 'default', 3, 1, 'single_sequence', repeat('a', 64), '[]', 'done', now(),
                repeat('a', 64), 2);
        insert into events (job, sequence_number, state)
        select id, n, case n when 1 then 'queued' else 'done' end from predictions, generate_series(1, 2) n;
        insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state, finished,
                                 failure_code, failure_category, failure_message)
        values ('broken', 'MKT', 'default', 3, 2, 'single_sequence', repeat('c', 64), '[]', 'failed', now(),
                'too-large', 'resources', 'too large');
        insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state)
        values ('waiting', 'YYDPETGTWY', 'default', 3, 3, 'single_sequence', repeat('d', 64), '[]', 'queued');
        insert into idempotency_keys (key, request_hash, jobs)
        select 'key-0', repeat('e', 64), array [id] from predictions where name = 'waiting';
        """;

    private final HikariDataSource dataSource = TestDatabase.empty();
    private final JdbcTemplate sql = new JdbcTemplate(dataSource);

    @AfterEach
    void close() {
        dataSource.close();
    }

    @Test
    void bringsAnEmptyDatabaseUpToDateAndChangesNothingTheSecondTime() {
        Schema.migrate(dataSource);
        int migrations = count("flyway_schema_history");

        Schema.migrate(dataSource);

        assertThat(migrations).isPositive();
        assertThat(count("flyway_schema_history")).isEqualTo(migrations);
        assertThat(count("predictions")).isZero();
    }

    @Test
    void bringsADatabaseOfTheFirstVersionForwardWithItsJobsResultsAndKeys() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations(Schema.LOCATION)
                .target("1")
                .load()
                .migrate();
        sql.execute(FIRST_VERSION);

        Schema.migrate(dataSource);

        PredictionStore store = new JdbcPredictionStore(dataSource, StoreSettings.DEFAULT);
        List<PredictionJob> jobs =
                store.list(new PredictionStore.Filter(null, null), 0, 10).jobs();
        assertThat(jobs)
                .extracting(PredictionJob::state)
                .containsExactly(PredictionState.QUEUED, PredictionState.FAILED, PredictionState.DONE);
        assertThat(jobs).extracting(PredictionJob::owner).containsOnlyNulls();
        assertThat(jobs).extracting(PredictionJob::ensemble).containsOnlyNulls();
        assertThat(store.artifact(jobs.getLast().id(), "structure.pdb")
                        .orElseThrow()
                        .content())
                .asString()
                .isEqualTo("ATOM");
        assertThat(store.events(jobs.getLast().id(), 0)).hasSize(2);
        assertThat(store.claim("worker", Duration.ofMinutes(1)).orElseThrow().job())
                .isEqualTo(jobs.getFirst().id());
        assertThat(count("idempotency_keys")).isEqualTo(1);
        assertThatThrownBy(() -> store.submit(List.of(Predictions.prediction("other", 9)), "key-0"))
                .isInstanceOf(PredictionStore.IdempotencyConflictException.class);
    }

    @Test
    void bringsABenchmarkOfOneNetworkForwardToSeveral() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations(Schema.LOCATION)
                .target("110")
                .load()
                .migrate();
        sql.execute("""
            insert into benchmarks (name, fingerprint, settings) values ('old', 'f',
                '{"model": "anfinsen-1", "modelSha256": "ab", "recycles": 3, "models": 2, "peers": []}');
            insert into benchmark_targets (benchmark, name, rank, residues, state, predictions)
            select id, 't', 0, 'MKT', 'predicted',
                '[{"seed": 1, "job": "019b0000-0000-7000-8000-000000000000", "meanPlddt": 50.0, "seconds": 2.0}]'
            from benchmarks;
            """);

        Schema.migrate(dataSource);

        JdbcBenchmarkStore store = new JdbcBenchmarkStore(dataSource);
        Benchmark benchmark = store.list(null, 0, 10).getFirst();
        assertThat(benchmark.settings())
                .isEqualTo(new BenchmarkSettings(
                        List.of(new BenchmarkSettings.Network("anfinsen-1", "ab", 3)), 2, List.of()));
        assertThat(store.target(benchmark.id(), "t").orElseThrow().predictions())
                .extracting(RankedPrediction::model)
                .containsExactly("anfinsen-1");
    }

    @Test
    void knowsTheStatesThatTheJobsHave() {
        Schema.migrate(dataSource);

        String check = sql.queryForObject(
                "select pg_get_constraintdef(oid) from pg_constraint where conname = 'predictions_state_check'",
                String.class);

        for (PredictionState state : PredictionState.values()) {
            assertThat(check).contains("'" + state.spelling() + "'");
        }
    }

    @Test
    void refusesAJobThatRunsWithoutAWorker() {
        Schema.migrate(dataSource);

        assertThatThrownBy(() -> sql.update("""
            insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state)
            values ('n', 'A', 'default', 0, 1, 'single_sequence', repeat('0', 64), '[]', 'predicting')
            """))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("running_is_claimed");
    }

    private int count(String table) {
        Integer count = sql.queryForObject("select count(*) from " + table, Integer.class);
        return count == null ? 0 : count;
    }
}
