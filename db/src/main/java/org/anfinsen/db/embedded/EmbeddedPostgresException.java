package org.anfinsen.db.embedded;

import org.jspecify.annotations.Nullable;

/** The service's own PostgreSQL cannot be started or stopped; the message says what to do. */
public final class EmbeddedPostgresException extends RuntimeException {

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
