package org.anfinsen.db;

import static org.anfinsen.db.Predictions.prediction;
import static org.anfinsen.db.Predictions.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionStore.Claim;
import org.anfinsen.pipeline.job.PredictionStore.QueueFullException;
import org.anfinsen.pipeline.job.PredictionStore.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(180)
class StoreConcurrencyIT {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int THREADS = 8;

    private final HikariDataSource dataSource = TestDatabase.migrated();
    private final PredictionStore store =
            new JdbcPredictionStore(dataSource, new StoreSettings(20_000, 3, Duration.ofHours(1)));
    private ExecutorService threads;

    @BeforeEach
    void open() {
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        dataSource.close();
    }

    @Test
    void handsOutEveryJobOnceToEightThreads() throws Exception {
        List<NewPrediction> predictions = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            predictions.add(prediction("job " + seed, seed));
        }
        List<UUID> accepted = store.submit(predictions, null).jobs().stream()
                .map(PredictionJob::id)
                .toList();

        List<UUID> claimed = together(() -> {
            List<UUID> mine = new ArrayList<>();
            for (Optional<Claim> claim = store.claim("test", LEASE);
                    claim.isPresent();
                    claim = store.claim("test", LEASE)) {
                mine.add(claim.get().job());
            }
            return mine;
        });

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(accepted);
    }

    @RepeatedTest(5)
    void computesEachContentOnceHoweverManyJobsShareIt() throws Exception {
        List<NewPrediction> predictions = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            predictions.add(prediction("job " + i, i % 4));
        }
        store.submit(predictions, null);

        List<UUID> computed = together(() -> {
            List<UUID> mine = new ArrayList<>();
            while (store.counts().getOrDefault(PredictionState.DONE, 0L) < 80) {
                Optional<Claim> claim = store.claim("test", LEASE);
                if (claim.isPresent()) {
                    mine.add(claim.get().job());
                    store.complete(claim.get(), result("ATOM"));
                }
            }
            return mine;
        });

        assertThat(computed).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void acceptsOneOfEightSubmissionsWithOneKey() throws Exception {
        List<Submission> submissions =
                together(() -> List.of(store.submit(List.of(prediction("a", 1)), "the same key")));

        assertThat(submissions).filteredOn(submission -> !submission.replayed()).hasSize(1);
        assertThat(submissions)
                .extracting(submission -> submission.jobs().getFirst().id())
                .containsOnly(submissions.getFirst().jobs().getFirst().id());
    }

    @Test
    void keepsTheQueuesLimitWhenManySubmitAtOnce() throws Exception {
        PredictionStore small = new JdbcPredictionStore(dataSource, new StoreSettings(20, 3, Duration.ofHours(1)));

        List<Boolean> accepted = together(() -> {
            List<Boolean> mine = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                try {
                    small.submit(List.of(prediction("a", UUID.randomUUID().getMostSignificantBits())), null);
                    mine.add(true);
                } catch (QueueFullException e) {
                    mine.add(false);
                }
            }
            return mine;
        });

        assertThat(accepted).hasSize(40);
        assertThat(accepted.stream().filter(yes -> yes)).hasSize(20);
        assertThat(small.counts()).containsEntry(PredictionState.QUEUED, 20L);
    }

    @Test
    void knowsThePlaceOfTheLastOfTenThousand() {
        new JdbcTemplate(dataSource).execute("""
                insert into predictions (name, residues, model, recycles, seed, alignment, content_hash, notes, state)
                select 'n', 'A', 'default', 0, i, 'single_sequence', encode(sha256(cast(cast(i as text) as bytea)), 'hex'), '[]',
                    'queued' from generate_series(1, 9999) i
                """);

        PredictionJob last =
                store.submit(List.of(prediction("last", -1)), null).jobs().getFirst();

        assertThat(last.queuePosition()).isEqualTo(10_000);
        assertThat(store.find(last.id()).orElseThrow().queuePosition()).isEqualTo(10_000);
        store.claim("test", LEASE);
        assertThat(store.find(last.id()).orElseThrow().queuePosition()).isEqualTo(9_999);
    }

    private <T> List<T> together(Callable<List<T>> work) throws Exception {
        List<Future<List<T>>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(threads.submit(work));
        }
        List<T> all = new ArrayList<>();
        for (Future<List<T>> future : futures) {
            all.addAll(future.get());
        }
        return all;
    }
}
