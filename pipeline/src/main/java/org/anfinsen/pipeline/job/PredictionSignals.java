package org.anfinsen.pipeline.job;

import java.util.UUID;

/**
 * Tells at once that something in a {@link PredictionStore} has changed, whichever process changed it, so that workers and
 * event streams need not ask often. Signals are hints: they may be late, doubled or lost with a connection, and whoever
 * waits for one also looks at the store now and then.
 */
public interface PredictionSignals {

    /** Calls the listener from now on, until the subscription is closed. */
    Subscription subscribe(Listener listener);

    /** Called from one thread for all listeners: must not wait or throw. */
    interface Listener {

        /** An event was added to a job's history, which brought or left it in this state. */
        void changed(UUID job, PredictionState state);

        /** Signals may have been lost: look at the store. */
        void missed();
    }

    /** A listener's registration. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
