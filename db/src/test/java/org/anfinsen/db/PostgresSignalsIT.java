package org.anfinsen.db;

import static org.anfinsen.db.Predictions.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresSignalsIT {

    private static final String MISSED = "missed";

    private final HikariDataSource dataSource = TestDatabase.migrated();
    private final PredictionStore store = new JdbcPredictionStore(dataSource, StoreSettings.DEFAULT);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private PostgresSignals signals;

    @BeforeEach
    void listen() throws Exception {
        signals = new PostgresSignals(dataSource);
        signals.subscribe(new Recorder());
        // The connection may have been there before the subscription; a job tells that it is there.
        UUID job = submit(0);
        while (!next().equals(job + " QUEUED")) {
            assertThat(heard.size()).isLessThan(10);
        }
    }

    @AfterEach
    void close() {
        signals.close();
        dataSource.close();
    }

    @Test
    void tellsOfEveryChangeInItsOrder() throws Exception {
        UUID job = submit(1);
        store.cancel(job);

        assertThat(next()).isEqualTo(job + " QUEUED");
        assertThat(next()).isEqualTo(job + " CANCELLED");
    }

    @Test
    void connectsAgainAndSaysThatItMayHaveMissedSomething() throws Exception {
        new JdbcTemplate(dataSource).queryForList("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query = 'listen anfinsen_events'
                """);

        assertThat(next()).isEqualTo(MISSED);
        UUID job = submit(2);
        assertThat(next()).isEqualTo(job + " QUEUED");
    }

    @Test
    void goesOnWhenAListenerFails() throws Exception {
        signals.subscribe(new PredictionSignals.Listener() {
            @Override
            public void changed(UUID job, PredictionState state) {
                throw new IllegalStateException("a broken listener");
            }

            @Override
            public void missed() {}
        });
        signals.subscribe(new Recorder());

        UUID job = submit(3);

        assertThat(List.of(next(), next())).containsOnly(job + " QUEUED");
    }

    private UUID submit(long seed) {
        return store.submit(List.of(prediction("a", seed)), null)
                .jobs()
                .getFirst()
                .id();
    }

    private String next() throws InterruptedException {
        String signal = heard.poll(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
        assertThat(signal).as("a signal within 30 s").isNotNull();
        return String.valueOf(signal);
    }

    private final class Recorder implements PredictionSignals.Listener {
        @Override
        public void changed(UUID job, PredictionState state) {
            heard.add(job + " " + state);
        }

        @Override
        public void missed() {
            heard.add(MISSED);
        }
    }
}
