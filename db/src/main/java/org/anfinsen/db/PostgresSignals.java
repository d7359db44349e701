package org.anfinsen.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionState;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by PostgreSQL's {@code listen}: one thread and one connection, which it keeps for itself. A lost connection is
 * made anew, and the listeners are told that they may have missed something.
 */
public final class PostgresSignals implements PredictionSignals, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSignals.class);
    private static final int WAIT_MILLIS = 500;
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to listen.
     *
     * @param dataSource a pool that can spare one connection, or makes a new one each time
     */
    public PostgresSignals(DataSource dataSource) {
        this.dataSource = dataSource;
        this.thread = Thread.ofPlatform().daemon().name("prediction-signals").start(this::run);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Stops listening and gives the connection back. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                if (!closed) {
                    LOG.warn("No signals from the database; connecting again: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen anfinsen_events");
        }
        for (Listener listener : listeners) {
            tell(listener::missed);
        }
        while (!closed) {
            for (PGNotification notification : postgres.getNotifications(WAIT_MILLIS)) {
                String[] words = notification.getParameter().split(" ", 2);
                UUID job = UUID.fromString(words[0]);
                PredictionState state = PredictionState.ofSpelling(words[1]);
                for (Listener listener : listeners) {
                    tell(() -> listener.changed(job, state));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten *");
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
