package org.anfinsen.db;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The store in PostgreSQL. Leases are measured by the database's clock, so clocks of workers do not matter. Jobs are taken
 * with {@code for update skip locked}; that no two workers compute the same is kept by a unique index as well.
 */
public final class JdbcPredictionStore implements PredictionStore {

    /** How often a claim that met another worker's on the same content is tried again. */
    private static final int COLLISIONS_MAX = 10;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JobReader reader;
    private final JobMover mover;
    private final Results results;
    private final Submissions submissions;
    private final Claims claims;

    /**
     * @param dataSource a database that {@link Schema#migrate} has brought up to date
     * @param settings   limits
     */
    public JdbcPredictionStore(DataSource dataSource, StoreSettings settings) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.reader = new JobReader(jdbc);
        this.mover = new JobMover(jdbc);
        this.results = new Results(jdbc);
        this.submissions = new Submissions(jdbc, reader, results, settings);
        this.claims = new Claims(jdbc, mover, results, settings.attemptsMax());
    }

    @Override
    public Submission submit(List<NewPrediction> predictions, @Nullable String idempotencyKey, Submitter submitter) {
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("a submission needs a prediction");
        }
        return inTransaction(() -> submissions.submit(predictions, idempotencyKey, submitter));
    }

    @Override
    public void charge(Submitter submitter, int predictions) {
        inTransaction(() -> {
            submissions.charge(submitter, predictions);
            return true;
        });
    }

    @Override
    public Optional<PredictionJob> find(UUID id) {
        return inTransaction(() -> reader.find(id));
    }

    @Override
    public Page list(Filter filter, int offset, int limit) {
        return inTransaction(() -> reader.list(filter, offset, limit));
    }

    @Override
    public Optional<PredictionJob> cancel(UUID id) {
        return inTransaction(() -> {
            Optional<PredictionState> state = jdbc.sql("select state from predictions where id = :id for update")
                    .param("id", id)
                    .query(String.class)
                    .optional()
                    .map(PredictionState::ofSpelling);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            if (state.get() == PredictionState.QUEUED) {
                mover.cancelled(id, "cancelled before a worker took it");
            } else if (state.get().isRunning()) {
                mover.requestCancel(id, state.get());
            }
            return reader.find(id);
        });
    }

    @Override
    public boolean remove(UUID id) {
        return inTransaction(() -> {
            List<Optional<String>> removed = jdbc.sql("""
                delete from predictions where id = :id and state in ('done', 'failed', 'cancelled')
                returning result
                """)
                    .param("id", id)
                    .query((rs, rowNumber) -> Optional.ofNullable(rs.getString("result")))
                    .list();
            removed.forEach(result -> result.ifPresent(results::removeUnused));
            return !removed.isEmpty();
        });
    }

    @Override
    public Optional<Claim> claim(String worker, Duration lease, Set<String> warmModels) {
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("lease " + lease + ", more than 0");
        }
        for (int collisions = 0; collisions < COLLISIONS_MAX; collisions++) {
            try {
                return inTransaction(() -> claims.claim(worker, lease, warmModels));
            } catch (DuplicateKeyException e) {
                // Another worker took a job with the same content a moment before; look again for another one.
            }
        }
        return Optional.empty();
    }

    @Override
    public ClaimStatus renew(Claim claim, Duration lease) {
        return inTransaction(() -> claims.renew(claim, lease));
    }

    @Override
    public ClaimStatus advance(Claim claim, PredictionState state, @Nullable PredictionProgress progress) {
        return inTransaction(() -> claims.advance(claim, state, progress));
    }

    @Override
    public void complete(Claim claim, PredictionResult result) {
        inTransaction(() -> {
            claims.complete(claim, result);
            return true;
        });
    }

    @Override
    public void fail(Claim claim, PredictionFailure failure) {
        inTransaction(() -> {
            claims.fail(claim, failure);
            return true;
        });
    }

    @Override
    public void confirmCancelled(Claim claim) {
        inTransaction(() -> {
            claims.confirmCancelled(claim);
            return true;
        });
    }

    @Override
    public void release(Claim claim, String reason) {
        inTransaction(() -> claims.giveBack(claim, false, reason));
    }

    @Override
    public void retry(Claim claim, String reason) {
        if (!inTransaction(() -> claims.giveBack(claim, true, reason))) {
            throw new ClaimLostException(claim.job());
        }
    }

    @Override
    public int expireLeases() {
        return inTransaction(claims::expire);
    }

    @Override
    public Optional<Artifact> artifact(UUID id, String name) {
        return inTransaction(() -> reader.artifact(id, name));
    }

    @Override
    public List<PredictionEvent> events(UUID id, long afterSequenceNumber) {
        return inTransaction(() -> reader.events(id, afterSequenceNumber));
    }

    @Override
    public Map<PredictionState, Long> counts() {
        return inTransaction(reader::counts);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Outage.watched(() -> transactions.execute(status -> work.get()));
    }
}
