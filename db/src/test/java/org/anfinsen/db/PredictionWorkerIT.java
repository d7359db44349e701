package org.anfinsen.db;

import static org.anfinsen.db.Predictions.prediction;
import static org.anfinsen.db.Predictions.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionWorker;
import org.anfinsen.pipeline.job.Predictor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** The worker on the real store, with predictors that do what the test is about. */
@Timeout(120)
class PredictionWorkerIT {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final HikariDataSource dataSource = TestDatabase.migrated();
    private final PredictionStore store = new JdbcPredictionStore(dataSource, StoreSettings.DEFAULT);
    private final PostgresSignals signals = new PostgresSignals(dataSource);
    private final List<PredictionWorker> workers = new ArrayList<>();

    @AfterEach
    void close() {
        workers.forEach(PredictionWorker::close);
        signals.close();
        dataSource.close();
    }

    @Test
    void runsAJobToItsEndAndRecordsEveryStep() {
        start(1, LEASE, (request, monitor) -> {
            monitor.reached(PredictionState.SEARCHING, null);
            monitor.reached(PredictionState.FEATURISING, null);
            monitor.reached(PredictionState.PREDICTING, new PredictionProgress(0, 1, null, null));
            monitor.reached(PredictionState.PREDICTING, new PredictionProgress(1, 1, 70.0, null));
            monitor.reached(PredictionState.WRITING, null);
            return result("ATOM " + request.sequence().name());
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.DONE);
        assertThat(store.events(job.id(), 0))
                .extracting(PredictionEvent::state)
                .containsExactly(
                        PredictionState.QUEUED,
                        PredictionState.SEARCHING,
                        PredictionState.FEATURISING,
                        PredictionState.PREDICTING,
                        PredictionState.PREDICTING,
                        PredictionState.WRITING,
                        PredictionState.DONE);
        assertThat(store.artifact(job.id(), "structure.pdb").orElseThrow().content())
                .asString()
                .isEqualTo("ATOM job 1");
    }

    @Test
    void stopsACancelledJobWithinACycle() throws Exception {
        CountDownLatch inCycle = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger cyclesAfter = new AtomicInteger();
        start(1, LEASE, (request, monitor) -> {
            inCycle.countDown();
            awaitLatch(cancelled);
            for (int cycle = 0; cycle <= 4; cycle++) {
                monitor.reached(PredictionState.PREDICTING, new PredictionProgress(cycle, 4, null, null));
                cyclesAfter.incrementAndGet();
            }
            return result("ATOM");
        });
        PredictionJob job = submit(1);
        awaitLatch(inCycle);

        assertThat(store.cancel(job.id()).orElseThrow().cancelRequested()).isTrue();
        cancelled.countDown();

        await(() -> state(job) == PredictionState.CANCELLED);
        assertThat(cyclesAfter).hasValue(0);
    }

    @Test
    void stopsALongStepThatReportsNothingWhenItIsCancelled() throws Exception {
        CountDownLatch inStep = new CountDownLatch(1);
        start(1, Duration.ofSeconds(3), (request, monitor) -> {
            while (true) {
                monitor.check();
                inStep.countDown();
                sleep(Duration.ofMillis(20));
            }
        });
        PredictionJob job = submit(1);
        awaitLatch(inStep);

        assertThat(store.cancel(job.id()).orElseThrow().cancelRequested()).isTrue();

        await(() -> state(job) == PredictionState.CANCELLED);
    }

    @Test
    void failsWithThePredictorsReasonAtTheFirstAttempt() {
        PredictionFailure failure =
                new PredictionFailure("model-unavailable", PredictionFailure.Category.CALLER, "no model default");
        start(1, LEASE, (request, monitor) -> {
            throw new Predictor.PredictionFailedException(failure, null);
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.FAILED);
        assertThat(find(job).failure()).isEqualTo(failure);
        assertThat(find(job).attempt()).isEqualTo(1);
    }

    @Test
    void triesOnceMoreWhenMemoryRunsOutAndThenSaysSo() {
        start(1, LEASE, (request, monitor) -> {
            throw new OutOfMemoryError("Java heap space");
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.FAILED);
        assertThat(find(job).attempt()).isEqualTo(2);
        assertThat(find(job).failure())
                .isEqualTo(new PredictionFailure(
                        "out-of-memory",
                        PredictionFailure.Category.RESOURCES,
                        "10 residues need more memory than there is: Java heap space"));
    }

    @Test
    void triesOnceMoreWhenWhatPredictsIsLostAndThenSaysWhy() {
        PredictionFailure crash = new PredictionFailure(
                "network-crashed", PredictionFailure.Category.RESOURCES, "the process ended by signal 11");
        start(1, LEASE, (request, monitor) -> {
            throw new Predictor.PredictorLostException(crash, null);
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.FAILED);
        assertThat(find(job).attempt()).isEqualTo(2);
        assertThat(find(job).failure()).isEqualTo(crash);
    }

    @Test
    void finishesAJobWhoseFirstAttemptBrokeDown() {
        AtomicInteger attempts = new AtomicInteger();
        start(1, LEASE, (request, monitor) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault of the network");
            }
            return result("ATOM");
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.DONE);
        assertThat(store.events(job.id(), 0))
                .extracting(PredictionEvent::detail)
                .anySatisfy(detail -> assertThat(detail).contains("IllegalStateException", "tried once more"));
    }

    @Test
    void failsAJobThatBreaksDownTwiceAndHidesTheFaultsMessage() {
        start(1, LEASE, (request, monitor) -> {
            throw new IllegalStateException("a secret of the house");
        });

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.FAILED);
        assertThat(find(job).failure()).satisfies(failure -> {
            assertThat(failure).isNotNull();
            assertThat(String.valueOf(failure))
                    .contains("internal-error", "INTERNAL")
                    .doesNotContain("secret");
        });
    }

    @Test
    void givesItsJobBackWhenItIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        PredictionWorker first = start(1, LEASE, (request, monitor) -> {
            begun.countDown();
            awaitLatch(closing);
            while (true) {
                monitor.reached(PredictionState.PREDICTING, null);
            }
        });
        PredictionJob job = submit(1);
        awaitLatch(begun);

        Thread close = Thread.ofPlatform().start(first::close);
        closing.countDown();
        close.join();

        assertThat(state(job)).isEqualTo(PredictionState.QUEUED);
        assertThat(find(job).attempt()).isZero();
        start(1, LEASE, (request, monitor) -> result("ATOM"));
        await(() -> state(job) == PredictionState.DONE);
    }

    @Test
    void givesItsJobBackEvenIfThePredictorDoesNotStop() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        PredictionWorker worker = new PredictionWorker(
                store,
                signals,
                (request, monitor) -> {
                    begun.countDown();
                    awaitLatch(end);
                    return result("late");
                },
                new PredictionWorker.Settings("stuck", 1, LEASE, Duration.ofSeconds(1), Duration.ofMillis(200)));
        workers.add(worker);
        worker.start();
        PredictionJob job = submit(1);
        awaitLatch(begun);

        worker.close();

        assertThat(state(job)).isEqualTo(PredictionState.QUEUED);
        end.countDown();
        await(() -> worker.running() == 0);
        assertThat(state(job)).isEqualTo(PredictionState.QUEUED);
    }

    @Test
    void finishesAllOfManyJobsWithSeveralWorkersAndNoneTwice() {
        ConcurrentLinkedQueue<String> predicted = new ConcurrentLinkedQueue<>();
        Predictor predictor = (request, monitor) -> {
            predicted.add(request.sequence().name());
            monitor.reached(PredictionState.PREDICTING, null);
            return result("ATOM");
        };
        start(2, LEASE, predictor);
        start(2, LEASE, predictor);
        List<NewPrediction> predictions = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            predictions.add(prediction("job " + seed, seed));
        }

        store.submit(predictions, null);

        await(() -> store.counts().getOrDefault(PredictionState.DONE, 0L) == 40);
        assertThat(predicted).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void keepsAJobThatTakesLongerThanItsLease() {
        AtomicInteger attempts = new AtomicInteger();
        Predictor slow = (request, monitor) -> {
            attempts.incrementAndGet();
            sleep(Duration.ofSeconds(7));
            return result("ATOM");
        };
        start(1, Duration.ofSeconds(3), slow);
        start(1, Duration.ofSeconds(3), slow);

        PredictionJob job = submit(1);

        await(() -> state(job) == PredictionState.DONE);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void writesNothingToAJobThatItLost() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        start(2, LEASE, (request, monitor) -> {
            if (attempts.incrementAndGet() == 1) {
                begun.countDown();
                awaitLatch(lost);
                return result("of the first");
            }
            return result("of the second");
        });
        PredictionJob job = submit(1);
        awaitLatch(begun);

        new JdbcTemplate(dataSource).update("update predictions set lease_until = now() - interval '1 second'");
        store.expireLeases();
        await(() -> state(job) == PredictionState.DONE);
        lost.countDown();

        await(() -> workers.getFirst().running() == 0);
        assertThat(store.artifact(job.id(), "structure.pdb").orElseThrow().content())
                .asString()
                .isEqualTo("of the second");
        assertThat(find(job).attempt()).isEqualTo(2);
    }

    @Test
    void ridesOutADatabaseThatIsGoneForAWhile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        start(1, LEASE, (request, monitor) -> {
            attempts.incrementAndGet();
            monitor.reached(PredictionState.PREDICTING, new PredictionProgress(0, 1, null, null));
            begun.countDown();
            awaitLatch(gone);
            monitor.reached(PredictionState.PREDICTING, new PredictionProgress(1, 1, 70.0, null));
            return result("ATOM");
        });
        PredictionJob job = submit(1);
        awaitLatch(begun);
        String name =
                String.valueOf(new JdbcTemplate(dataSource).queryForObject("select current_database()", String.class));

        try (HikariDataSource other = TestDatabase.empty()) {
            JdbcTemplate outside = new JdbcTemplate(other);
            outside.execute("alter database " + name + " allow_connections false");
            outside.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", name);
            gone.countDown();
            sleep(Duration.ofSeconds(2));
            outside.execute("alter database " + name + " allow_connections true");
        }

        await(() -> state(job) == PredictionState.DONE);
        assertThat(attempts).hasValue(1);
        assertThat(find(job).attempt()).isEqualTo(1);
    }

    private PredictionWorker start(int threads, Duration lease, Predictor predictor) {
        PredictionWorker worker = new PredictionWorker(
                store,
                signals,
                predictor,
                new PredictionWorker.Settings("test", threads, lease, Duration.ofSeconds(1), Duration.ofSeconds(30)));
        workers.add(worker);
        worker.start();
        return worker;
    }

    private PredictionJob submit(long seed) {
        return store.submit(List.of(prediction("job " + seed, seed)), null)
                .jobs()
                .getFirst();
    }

    private PredictionJob find(PredictionJob job) {
        UUID id = job.id();
        return store.find(id).orElseThrow();
    }

    private PredictionState state(PredictionJob job) {
        try {
            return find(job).state();
        } catch (PredictionStore.StoreUnavailableException e) {
            return job.state();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition within 90 s").isLessThan(deadline);
            sleep(Duration.ofMillis(50));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
