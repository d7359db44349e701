package org.anfinsen.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import org.anfinsen.pipeline.job.PredictionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaIT {

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
