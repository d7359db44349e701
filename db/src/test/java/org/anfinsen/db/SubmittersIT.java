package org.anfinsen.db;

import static org.anfinsen.db.Predictions.prediction;
import static org.anfinsen.db.Predictions.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionStore.Filter;
import org.anfinsen.pipeline.job.PredictionStore.QuotaExceededException;
import org.anfinsen.pipeline.job.PredictionStore.Submitter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one submitter sees and uses is not another's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmittersIT {

    private static final Submitter ALICE = new Submitter("key:alice", 3);
    private static final Submitter BOB = new Submitter("key:bob", null);

    private HikariDataSource dataSource;
    private PredictionStore store;

    @BeforeAll
    void open() {
        dataSource = TestDatabase.migrated();
        store = new JdbcPredictionStore(dataSource, new StoreSettings(100, 3, Duration.ofHours(1)));
    }

    @AfterAll
    void close() {
        dataSource.close();
    }

    @BeforeEach
    void empty() {
        new JdbcTemplate(dataSource).execute("truncate predictions, results, idempotency_keys, usage cascade");
    }

    @Test
    void listsTheJobsOfASubmitter() {
        PredictionJob job = submit(ALICE, 1, null);
        submit(BOB, 2, null);
        submit(Submitter.ANYONE, 3, null);

        assertThat(store.list(new Filter(null, null, null, "key:alice"), 0, 10).jobs())
                .extracting(PredictionJob::id)
                .containsExactly(job.id());
        assertThat(job.owner()).isEqualTo("key:alice");
        assertThat(store.list(new Filter(null, null), 0, 10).total()).isEqualTo(3);
    }

    @Test
    void sharesResultsWithinASubmitterOnly() {
        UUID first = submit(ALICE, 1, null).id();
        store.complete(store.claim("w", Duration.ofMinutes(1)).orElseThrow(), result("ATOM"));

        assertThat(store.find(first).orElseThrow().state()).isEqualTo(PredictionState.DONE);
        assertThat(submit(ALICE, 1, null).state()).isEqualTo(PredictionState.DONE);
        assertThat(submit(BOB, 1, null).state()).isEqualTo(PredictionState.QUEUED);
    }

    @Test
    void keepsIdempotencyKeysOfSubmittersApart() {
        PredictionJob alices = submit(ALICE, 1, "k");
        PredictionJob bobs = submit(BOB, 2, "k");

        assertThat(bobs.id()).isNotEqualTo(alices.id());
        assertThat(submit(ALICE, 1, "k").id()).isEqualTo(alices.id());
        assertThat(submit(BOB, 2, "k").id()).isEqualTo(bobs.id());
    }

    @Test
    void refusesMoreThanADaysJobsAndDoesNotCountTheRefused() {
        submit(ALICE, 1, null);
        submit(ALICE, 2, null);

        assertThatThrownBy(() -> store.submit(List.of(prediction("a", 3), prediction("b", 4)), null, ALICE))
                .isInstanceOfSatisfying(QuotaExceededException.class, e -> {
                    assertThat(e.limit()).isEqualTo(3);
                    assertThat(e.untilRenewal()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
                });
        submit(ALICE, 3, null);
        assertThatThrownBy(() -> submit(ALICE, 4, null)).isInstanceOf(QuotaExceededException.class);
        submit(BOB, 4, null);
    }

    @Test
    void countsJobsThatWereRemoved() {
        for (int i = 1; i <= 3; i++) {
            UUID id = submit(ALICE, i, null).id();
            store.cancel(id);
            store.remove(id);
        }

        assertThatThrownBy(() -> submit(ALICE, 4, null)).isInstanceOf(QuotaExceededException.class);
    }

    private PredictionJob submit(Submitter submitter, long seed, @Nullable String key) {
        return store.submit(List.of(prediction("job" + seed, seed)), key, submitter)
                .jobs()
                .getFirst();
    }
}
