package org.anfinsen.db;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that cannot work now from a statement that is wrong. */
public final class Outage {

    /**
     * SQLSTATE classes after which the same transaction may go well later: connection, transaction rollback, resources
     * (disk full, too many connections), operator intervention (shutdown), system error.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Read-only, as a standby is before it takes over. */
    private static final String READ_ONLY = "25006";

    private Outage() {}

    /**
     * Does some work on the database.
     *
     * @throws StoreUnavailableException if the database cannot work now
     */
    public static <T> T watched(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            if (isCauseOf(e)) {
                throw new StoreUnavailableException("the database cannot work now", e);
            }
            throw e;
        }
    }

    private static boolean isCauseOf(RuntimeException failure) {
        if (failure instanceof TransactionException) {
            return true; // No connection, or no answer to a commit, whatever the reason.
        }
        String state = sqlState(failure);
        return state != null && (CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY));
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
