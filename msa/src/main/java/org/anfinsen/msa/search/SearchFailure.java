package org.anfinsen.msa.search;

import java.time.Duration;

/** Why there is no alignment. */
public sealed interface SearchFailure {

    /** For people: one sentence with the values. */
    String message();

    /** The program of an engine is not installed. */
    record ProgramMissing(String program) implements SearchFailure {
        @Override
        public String message() {
            return "the program " + program + " is not installed (not on PATH)";
        }
    }

    /** The files of a database are not where they were, or not of the engine's kind. */
    record DatabaseMissing(String database, String location) implements SearchFailure {
        @Override
        public String message() {
            // Not the location: callers over HTTP read this too.
            return "the files of database " + database + " are not where they were when it was added";
        }
    }

    /** The files of a database are others than when it was added. */
    record DatabaseChanged(String database) implements SearchFailure {
        @Override
        public String message() {
            return "the files of database " + database + " have changed since it was added or last verified";
        }
    }

    /** A program ended with an error. */
    record ProgramFailed(String program, int exitCode, String lastOutput) implements SearchFailure {
        @Override
        public String message() {
            return program + " ended with code " + exitCode + ": " + lastOutput;
        }
    }

    /** The time limit was reached; a program has been stopped. */
    record TimedOut(String what, Duration limit) implements SearchFailure {
        @Override
        public String message() {
            return what + " took more than " + limit.toSeconds() + " s";
        }
    }

    /** A program or server answered, but not with an alignment of the query. */
    record OutputUnreadable(String what, String reason) implements SearchFailure {
        @Override
        public String message() {
            return "the output of " + what + " cannot be used: " + reason;
        }
    }

    /** A server does not answer. */
    record ServerUnreachable(String address, String reason) implements SearchFailure {
        @Override
        public String message() {
            return address + " does not answer: " + reason;
        }
    }

    /** A server answers and does not search: its limit is reached, it is down for maintenance, it failed. */
    record ServerRefused(String address, String reason) implements SearchFailure {
        @Override
        public String message() {
            return address + " did not search: " + reason;
        }
    }
}
