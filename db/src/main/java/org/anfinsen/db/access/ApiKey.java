package org.anfinsen.db.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key of the service's users, without its secret.
 *
 * @param id                names the owner of jobs; never given again
 * @param name              for people; of the keys in use only one has it
 * @param scopes            what it opens
 * @param requestsPerMinute its own rate limit; null for the service's
 * @param jobsPerDay        its own quota; null for the service's
 * @param created           when it was made
 * @param lastUsed          when it last opened something, to about a minute; null if never
 * @param revoked           when it was revoked; null while it is in use
 */
public record ApiKey(
        UUID id,
        String name,
        Set<Scope> scopes,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer jobsPerDay,
        Instant created,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** What a key opens. */
    public enum Scope {
        /** Submit, cancel and remove one's own jobs. */
        SUBMIT,
        /** See one's own jobs and results. */
        READ,
        /** Everything, everyone's jobs and the figures of the service included. */
        ADMIN;

        /** The spelling on the command line and in the database: lower case. */
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The scopes that this one stands for, itself included. */
        public Set<Scope> implied() {
            return this == ADMIN ? EnumSet.allOf(Scope.class) : EnumSet.of(this);
        }

        /** @throws IllegalArgumentException if no scope is spelled so */
        public static Scope ofSpelling(String spelling) {
            for (Scope scope : values()) {
                if (scope.spelling().equals(spelling)) {
                    return scope;
                }
            }
            throw new IllegalArgumentException("'" + spelling + "' is no scope: submit, read or admin");
        }
    }
}
