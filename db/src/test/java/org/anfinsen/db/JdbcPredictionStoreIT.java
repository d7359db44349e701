package org.anfinsen.db;

import static org.anfinsen.db.Predictions.aligned;
import static org.anfinsen.db.Predictions.prediction;
import static org.anfinsen.db.Predictions.result;
import static org.anfinsen.db.Predictions.searched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionStore.Claim;
import org.anfinsen.pipeline.job.PredictionStore.ClaimLostException;
import org.anfinsen.pipeline.job.PredictionStore.ClaimStatus;
import org.anfinsen.pipeline.job.PredictionStore.Filter;
import org.anfinsen.pipeline.job.PredictionStore.IdempotencyConflictException;
import org.anfinsen.pipeline.job.PredictionStore.QueueFullException;
import org.anfinsen.pipeline.job.PredictionStore.Submission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcPredictionStoreIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final StoreSettings SETTINGS = new StoreSettings(5, 3, Duration.ofHours(1));

    private HikariDataSource dataSource;
    private PredictionStore store;
    private JdbcTemplate sql;

    @BeforeAll
    void open() {
        dataSource = TestDatabase.migrated();
        store = new JdbcPredictionStore(dataSource, SETTINGS);
        sql = new JdbcTemplate(dataSource);
    }

    @AfterAll
    void close() {
        dataSource.close();
    }

    @BeforeEach
    void empty() {
        sql.execute("truncate predictions, results, idempotency_keys, workers cascade");
    }

    @Test
    void queuesAnAcceptedPredictionAndKeepsAllOfIt() {
        PredictionJob job = submit(aligned("1abc"));

        assertThat(job).isEqualTo(store.find(job.id()).orElseThrow());
        assertThat(job.sequence()).isEqualTo(aligned("1abc").sequence());
        assertThat(job.options()).isEqualTo(aligned("1abc").options());
        assertThat(job.contentHash()).isEqualTo(aligned("1abc").contentHash());
        assertThat(job.notes()).isEqualTo(aligned("1abc").notes());
        assertThat(job.state()).isEqualTo(PredictionState.QUEUED);
        assertThat(job.queuePosition()).isEqualTo(1);
        assertThat(job.attempt()).isZero();
        assertThat(job.started()).isNull();
        assertThat(job.finished()).isNull();
        assertThat(job.summary()).isNull();
        assertThat(job.failure()).isNull();
        assertThat(job.artifacts()).isEmpty();
    }

    @Test
    void makesIdsThatSortByTime() {
        List<PredictionJob> jobs = store.submit(List.of(prediction("a", 1), prediction("b", 2)), null)
                .jobs();

        assertThat(jobs.get(0).id().version()).isEqualTo(7);
        assertThat(jobs.get(0).id().toString()).isLessThan(jobs.get(1).id().toString());
    }

    @Test
    void knowsNoJobThatWasNeverAccepted() {
        UUID id = UUID.randomUUID();

        assertThat(store.find(id)).isEmpty();
        assertThat(store.cancel(id)).isEmpty();
        assertThat(store.remove(id)).isFalse();
        assertThat(store.events(id, 0)).isEmpty();
        assertThat(store.artifact(id, "structure.pdb")).isEmpty();
    }

    @Test
    void refusesAnEmptySubmission() {
        assertThatThrownBy(() -> store.submit(List.of(), null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersARepeatedKeyWithTheFirstJobs() {
        List<NewPrediction> request = List.of(prediction("a", 1), prediction("b", 2));

        Submission first = store.submit(request, "key");
        Submission second = store.submit(request, "key");

        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.jobs()).isEqualTo(first.jobs());
        assertThat(store.list(new Filter(null, null), 0, 10).total()).isEqualTo(2);
    }

    @Test
    void refusesAKeyWithOtherContentOrAnotherName() {
        store.submit(List.of(prediction("a", 1)), "key");

        assertThatThrownBy(() -> store.submit(List.of(prediction("a", 2)), "key"))
                .isInstanceOf(IdempotencyConflictException.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> store.submit(List.of(prediction("b", 1)), "key"))
                .isInstanceOf(IdempotencyConflictException.class);
    }

    @Test
    void forgetsAKeyAfterItsTimeAndWhenItsJobsAreRemoved() {
        PredictionJob first = submit(prediction("a", 1), "old");
        sql.update("update idempotency_keys set created = now() - interval '61 minutes'");
        assertThat(submit(prediction("a", 2), "old").id()).isNotEqualTo(first.id());

        PredictionJob removed = submit(prediction("a", 3), "removed");
        store.cancel(removed.id());
        assertThat(store.remove(removed.id())).isTrue();
        assertThat(store.submit(List.of(prediction("a", 3)), "removed").replayed())
                .isFalse();
    }

    @Test
    void refusesASubmissionThatDoesNotFitAndTakesNoneOfIt() {
        store.submit(List.of(prediction("a", 1), prediction("b", 2), prediction("c", 3)), null);

        assertThatThrownBy(
                        () -> store.submit(List.of(prediction("d", 4), prediction("e", 5), prediction("f", 6)), "key"))
                .isInstanceOfSatisfying(
                        QueueFullException.class, e -> assertThat(e.limit()).isEqualTo(5));
        assertThat(store.counts()).containsEntry(PredictionState.QUEUED, 3L);
        assertThat(store.submit(List.of(prediction("d", 4), prediction("e", 5)), "key")
                        .replayed())
                .isFalse();
    }

    @Test
    void listsNewestFirstByStateNameAndPage() {
        PredictionJob a = submit(prediction("Lysozyme", 1));
        PredictionJob b = submit(prediction("lysin 100%", 2));
        PredictionJob c = submit(prediction("ubiquitin", 3));
        store.cancel(c.id());

        assertThat(ids(new Filter(null, null), 0, 10)).containsExactly(c.id(), b.id(), a.id());
        assertThat(ids(new Filter(null, null), 1, 1)).containsExactly(b.id());
        assertThat(store.list(new Filter(null, null), 1, 1).total()).isEqualTo(3);
        assertThat(ids(new Filter(PredictionState.QUEUED, null), 0, 10)).containsExactly(b.id(), a.id());
        assertThat(ids(new Filter(null, "LYS"), 0, 10)).containsExactly(b.id(), a.id());
        assertThat(ids(new Filter(null, "0%"), 0, 10)).containsExactly(b.id());
        assertThat(store.list(new Filter(null, null), 0, 10).jobs().get(1).queuePosition())
                .isEqualTo(2);
    }

    @Test
    void keepsWhatIsToBeSearchedAndTellsItsStatesApart() {
        PredictionJob job = submit(searched("a", "2026_01"));
        assertThat(store.find(job.id()).orElseThrow().options())
                .isEqualTo(searched("a", "2026_01").options());
        assertThat(claim().request()).isEqualTo(searched("a", "2026_01"));
        assertThat(searched("b", "2026_01").contentHash()).isEqualTo(job.contentHash());
        assertThat(searched("a", "2026_02").contentHash()).isNotEqualTo(job.contentHash());
    }

    @Test
    void handsOutJobsInTheOrderOfAcceptance() {
        PredictionJob a = submit(prediction("a", 1));
        PredictionJob b = submit(aligned("b"));

        Claim first = claim();
        Claim second = claim();

        assertThat(first.job()).isEqualTo(a.id());
        assertThat(first.request()).isEqualTo(prediction("a", 1));
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.job()).isEqualTo(b.id());
        assertThat(second.request()).isEqualTo(aligned("b"));
        assertThat(store.claim("worker", LEASE)).isEmpty();
        PredictionJob running = store.find(a.id()).orElseThrow();
        assertThat(running.state()).isEqualTo(PredictionState.SEARCHING);
        assertThat(running.queuePosition()).isNull();
        assertThat(running.started()).isNotNull();
    }

    @Test
    void recordsStagesProgressAndTheirTimes() {
        PredictionJob job = submit(prediction("a", 1));
        Claim claim = claim();
        PredictionProgress progress = new PredictionProgress(2, 4, 61.5, 0.75);

        assertThat(store.advance(claim, PredictionState.FEATURISING, null)).isEqualTo(ClaimStatus.HELD);
        store.advance(claim, PredictionState.PREDICTING, new PredictionProgress(0, 4, null, null));
        store.advance(claim, PredictionState.PREDICTING, progress);

        PredictionJob running = store.find(job.id()).orElseThrow();
        assertThat(running.state()).isEqualTo(PredictionState.PREDICTING);
        assertThat(running.progress()).isEqualTo(progress);
        assertThat(running.stageMillis().keySet()).containsExactly("queued", "searching", "featurising");
        List<PredictionEvent> events = store.events(job.id(), 0);
        assertThat(events).extracting(PredictionEvent::sequenceNumber).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events)
                .extracting(PredictionEvent::state)
                .containsExactly(
                        PredictionState.QUEUED,
                        PredictionState.SEARCHING,
                        PredictionState.FEATURISING,
                        PredictionState.PREDICTING,
                        PredictionState.PREDICTING);
        assertThat(events.getLast().progress()).isEqualTo(progress);
        assertThat(store.events(job.id(), 4)).containsExactly(events.getLast());
    }

    @Test
    void doesNotMoveBackOrToAStateThatIsNotAWorkers() {
        submit(prediction("a", 1));
        Claim claim = claim();
        store.advance(claim, PredictionState.PREDICTING, null);

        assertThatThrownBy(() -> store.advance(claim, PredictionState.FEATURISING, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("predicting");
        assertThatThrownBy(() -> store.advance(claim, PredictionState.DONE, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finishesWithSummaryAndFiles() {
        PredictionJob job = submit(prediction("a", 1));
        Claim claim = claim();

        store.complete(claim, result("ATOM"));

        PredictionJob done = store.find(job.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(PredictionState.DONE);
        assertThat(done.finished()).isNotNull();
        assertThat(done.reused()).isFalse();
        assertThat(done.summary()).containsExactlyEntriesOf(result("ATOM").summary());
        assertThat(done.artifacts())
                .extracting(Artifact.Description::name)
                .containsExactly("structure.pdb", "features/msa.a3m");
        assertThat(done.artifacts().getFirst())
                .isEqualTo(new Artifact.Description(
                        "structure.pdb",
                        "chemical/x-pdb",
                        4,
                        // printf ATOM | sha256sum
                        "939f34238170826d249f0103a04e8d7406da30abd2dad9a8dc92702e31165ff5"));
        assertThat(store.artifact(job.id(), "features/msa.a3m").orElseThrow().content())
                .containsExactly(0, 1, 0xff);
        assertThat(store.artifact(job.id(), "other")).isEmpty();
        assertThatThrownBy(() -> store.complete(claim, result("ATOM"))).isInstanceOf(ClaimLostException.class);
    }

    @Test
    void keepsTheReasonOfAFailure() {
        PredictionJob job = submit(prediction("a", 1));
        PredictionFailure failure = new PredictionFailure(
                "model-unavailable", PredictionFailure.Category.CALLER, "model default is not there");

        store.fail(claim(), failure);

        PredictionJob failed = store.find(job.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(PredictionState.FAILED);
        assertThat(failed.failure()).isEqualTo(failure);
        assertThat(store.claim("worker", LEASE)).isEmpty();
    }

    @Test
    void passesOverContentThatAnotherWorkerIsBusyWithAndSharesItsResult() {
        PredictionJob first = submit(prediction("first", 1));
        PredictionJob twin = submit(prediction("twin", 1));
        PredictionJob other = submit(prediction("other", 2));

        Claim claim = claim();
        assertThat(claim().job()).isEqualTo(other.id());
        store.complete(claim, result("ATOM"));

        PredictionJob shared = store.find(twin.id()).orElseThrow();
        assertThat(shared.state()).isEqualTo(PredictionState.DONE);
        assertThat(shared.reused()).isTrue();
        assertThat(shared.artifacts())
                .isEqualTo(store.find(first.id()).orElseThrow().artifacts());
        assertThat(store.artifact(twin.id(), "structure.pdb")).isPresent();
    }

    @Test
    void computesTheTwinOfAJobThatFailed() {
        submit(prediction("first", 1));
        PredictionJob twin = submit(prediction("twin", 1));

        store.fail(claim(), new PredictionFailure("x", PredictionFailure.Category.INTERNAL, "x"));

        assertThat(claim().job()).isEqualTo(twin.id());
    }

    @Test
    void finishesAtOnceWhatWasComputedBeforeEvenWithAFullQueue() {
        submit(prediction("a", 1));
        store.complete(claim(), result("ATOM"));
        for (int seed = 2; seed <= 6; seed++) {
            submit(prediction("queued", seed));
        }

        PredictionJob again = submit(prediction("again", 1));

        assertThat(again.state()).isEqualTo(PredictionState.DONE);
        assertThat(again.reused()).isTrue();
        assertThat(again.artifacts()).hasSize(2);
    }

    @Test
    void finishesAtTheClaimAJobWhoseResultCameUnseen() {
        PredictionJob job = submit(prediction("a", 1));
        sql.update(
                "insert into results (content_hash, summary) values (?, '{}')",
                prediction("a", 1).contentHash());

        assertThat(store.claim("worker", LEASE)).isEmpty();
        assertThat(store.find(job.id()).orElseThrow().reused()).isTrue();
    }

    @Test
    void cancelsAQueuedJobAtOnce() {
        PredictionJob job = submit(prediction("a", 1));

        assertThat(store.cancel(job.id()).orElseThrow().state()).isEqualTo(PredictionState.CANCELLED);
        assertThat(store.claim("worker", LEASE)).isEmpty();
    }

    @Test
    void tellsTheWorkerOfACancelAndWaitsForItsConfirmation() {
        PredictionJob job = submit(prediction("a", 1));
        Claim claim = claim();

        PredictionJob asked = store.cancel(job.id()).orElseThrow();

        assertThat(asked.cancelRequested()).isTrue();
        assertThat(asked.state()).isEqualTo(PredictionState.SEARCHING);
        assertThat(store.renew(claim, LEASE)).isEqualTo(ClaimStatus.CANCEL_REQUESTED);
        assertThat(store.advance(claim, PredictionState.FEATURISING, null)).isEqualTo(ClaimStatus.CANCEL_REQUESTED);
        store.confirmCancelled(claim);
        PredictionJob cancelled = store.find(job.id()).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(PredictionState.CANCELLED);
        assertThat(cancelled.cancelRequested()).isFalse();
    }

    @Test
    void leavesAFinishedJobAloneWhenCancelled() {
        PredictionJob job = submit(prediction("a", 1));
        store.complete(claim(), result("ATOM"));

        assertThat(store.cancel(job.id()).orElseThrow().state()).isEqualTo(PredictionState.DONE);
    }

    @Test
    void removesOnlyFinishedJobsAndAResultWithItsLast() {
        PredictionJob job = submit(prediction("a", 1));
        PredictionJob twin = submit(prediction("twin", 1));
        assertThat(store.remove(job.id())).isFalse();
        Claim claim = claim();
        assertThat(store.remove(job.id())).isFalse();
        store.complete(claim, result("ATOM"));

        assertThat(store.remove(job.id())).isTrue();
        assertThat(store.find(job.id())).isEmpty();
        assertThat(store.events(job.id(), 0)).isEmpty();
        assertThat(store.artifact(twin.id(), "structure.pdb")).isPresent();
        assertThat(store.remove(twin.id())).isTrue();
        assertThat(sql.queryForObject("select count(*) from artifacts", Integer.class))
                .isZero();
    }

    @Test
    void putsAReleasedJobBackInItsOldPlaceWithoutCountingTheAttempt() {
        PredictionJob a = submit(prediction("a", 1));
        submit(prediction("b", 2));
        Claim claim = claim();
        store.advance(claim, PredictionState.PREDICTING, new PredictionProgress(1, 4, 50.0, null));

        store.release(claim, "the service stops");

        PredictionJob queued = store.find(a.id()).orElseThrow();
        assertThat(queued.state()).isEqualTo(PredictionState.QUEUED);
        assertThat(queued.queuePosition()).isEqualTo(1);
        assertThat(queued.progress()).isNull();
        assertThat(store.events(a.id(), 0).getLast().detail()).isEqualTo("the service stops");
        Claim again = claim();
        assertThat(again.job()).isEqualTo(a.id());
        assertThat(again.attempt()).isEqualTo(1);
        store.release(claim, "late");
        assertThat(store.renew(again, LEASE)).isEqualTo(ClaimStatus.HELD);
    }

    @Test
    void countsTheAttemptOfARetriedJob() {
        submit(prediction("a", 1));
        Claim claim = claim();

        store.retry(claim, "out of memory");

        assertThat(claim().attempt()).isEqualTo(2);
        assertThatThrownBy(() -> store.retry(claim, "late")).isInstanceOf(ClaimLostException.class);
    }

    @Test
    void cancelsInsteadOfQueueingWhenThatWasAskedFor() {
        PredictionJob released = submit(prediction("a", 1));
        Claim claim = claim();
        store.cancel(released.id());
        store.release(claim, "the service stops");
        assertThat(state(released)).isEqualTo(PredictionState.CANCELLED);

        PredictionJob expired = submit(prediction("b", 2));
        claim();
        store.cancel(expired.id());
        runOutLeases();
        store.expireLeases();
        assertThat(state(expired)).isEqualTo(PredictionState.CANCELLED);
    }

    @Test
    void queuesAJobWhoseLeaseRanOutAndRefusesItsFormerHolder() {
        PredictionJob job = submit(prediction("a", 1));
        Claim lost = claim();
        runOutLeases();

        Claim taken = claim();

        assertThat(taken.job()).isEqualTo(job.id());
        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(store.events(job.id(), 0))
                .extracting(PredictionEvent::detail)
                .contains("worker test was lost: its lease ran out");
        assertThat(store.renew(lost, LEASE)).isEqualTo(ClaimStatus.LOST);
        assertThatThrownBy(() -> store.advance(lost, PredictionState.WRITING, null))
                .isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store.complete(lost, result("ATOM"))).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store.fail(lost, new PredictionFailure("x", PredictionFailure.Category.INTERNAL, "x")))
                .isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store.confirmCancelled(lost)).isInstanceOf(ClaimLostException.class);
        store.complete(taken, result("ATOM"));
        assertThat(state(job)).isEqualTo(PredictionState.DONE);
    }

    @Test
    void holdsALeaseThatRanOutAsLongAsNobodyCollectedIt() {
        submit(prediction("a", 1));
        Claim claim = claim();
        runOutLeases();

        assertThat(store.renew(claim, LEASE)).isEqualTo(ClaimStatus.HELD);
        assertThat(store.expireLeases()).isZero();
    }

    @Test
    void failsAJobThatLosesAWorkerTooOften() {
        PredictionJob job = submit(prediction("a", 1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(claim().attempt()).isEqualTo(attempt);
            runOutLeases();
        }

        assertThat(store.claim("worker", LEASE)).isEmpty();

        assertThat(store.find(job.id()).orElseThrow().failure())
                .isEqualTo(new PredictionFailure(
                        "worker-lost",
                        PredictionFailure.Category.INTERNAL,
                        "worker test was lost: its lease ran out; that was attempt 3, limit 3 (attempts-max)"));
    }

    @Test
    void aClockThatIsSetBackKeepsNoJobOfADeadWorkerAndTakesNoneFromALivingOne() {
        PredictionJob job = submit(prediction("a", 1));
        Claim claim = claim();
        sql.update("update predictions set lease_until = lease_until + interval '1 day'");

        assertThat(store.expireLeases()).isZero();
        assertThat(sql.queryForObject(
                        "select extract(epoch from lease_until - now()) * 1000 from predictions", Long.class))
                .isBetween(0L, LEASE.toMillis());
        assertThat(store.renew(claim, LEASE)).isEqualTo(ClaimStatus.HELD);

        runOutLeases();
        assertThat(claim().job()).isEqualTo(job.id());
    }

    @Test
    void countsTheJobsInEachState() {
        submit(prediction("a", 1));
        submit(prediction("b", 2));
        claim();

        assertThat(store.counts())
                .containsEntry(PredictionState.QUEUED, 1L)
                .containsEntry(PredictionState.SEARCHING, 1L)
                .containsEntry(PredictionState.DONE, 0L)
                .hasSize(PredictionState.values().length);
    }

    private PredictionJob submit(NewPrediction prediction) {
        return submit(prediction, null);
    }

    private PredictionJob submit(NewPrediction prediction, @Nullable String key) {
        return store.submit(List.of(prediction), key).jobs().getFirst();
    }

    @Test
    void leavesAJobForAMomentToTheWorkerThatHasItsModelInMemory() {
        store.claim("warm", LEASE, Set.of("large"));
        PredictionJob job = submit(prediction("a", 1, "large"));

        assertThat(store.claim("cold", LEASE, Set.of("small"))).isEmpty();
        assertThat(store.claim("warm", LEASE, Set.of("large")).orElseThrow().job())
                .isEqualTo(job.id());
    }

    @Test
    void givesAJobToAWorkerThatMustLoadItsModelWhenTheOtherOneDoesNotCome() throws InterruptedException {
        store.claim("warm", LEASE, Set.of("large"));
        PredictionJob job = submit(prediction("a", 1, "large"));
        Thread.sleep(2100);

        assertThat(store.claim("cold", LEASE, Set.of("small")).orElseThrow().job())
                .isEqualTo(job.id());
    }

    @Test
    void givesAJobWhoseModelNobodyHasInMemoryToWhoeverComesFirst() {
        store.claim("other", LEASE, Set.of("small"));
        PredictionJob job = submit(prediction("a", 1, "large"));

        assertThat(store.claim("cold", LEASE, Set.of("a \"quoted\\, name\""))
                        .orElseThrow()
                        .job())
                .isEqualTo(job.id());
    }

    @Test
    void prefersAModelInMemoryToAJobThatIsLessThanAMinuteOlder() {
        PredictionJob older = submit(prediction("a", 1, "large"));
        PredictionJob newer = submit(prediction("b", 2, "small"));

        assertThat(store.claim("w", LEASE, Set.of("small")).orElseThrow().job()).isEqualTo(newer.id());
        assertThat(store.claim("w", LEASE, Set.of("small")).orElseThrow().job()).isEqualTo(older.id());
    }

    @Test
    void lingersOverAModelInMemoryNoLongerThanAMinute() {
        PredictionJob older = submit(prediction("a", 1, "large"));
        submit(prediction("b", 2, "small"));
        sql.update("update predictions set accepted = accepted - interval '61 seconds' where id = ?", older.id());

        assertThat(store.claim("w", LEASE, Set.of("small")).orElseThrow().job()).isEqualTo(older.id());
    }

    private Claim claim() {
        return store.claim("test", LEASE).orElseThrow();
    }

    private PredictionState state(PredictionJob job) {
        return store.find(job.id()).orElseThrow().state();
    }

    private List<UUID> ids(Filter filter, int offset, int limit) {
        return store.list(filter, offset, limit).jobs().stream()
                .map(PredictionJob::id)
                .toList();
    }

    private void runOutLeases() {
        sql.update("update predictions set lease_until = now() - interval '1 second' where claim_token is not null");
    }
}
