package org.anfinsen.msa.search.colabfold;

import org.anfinsen.msa.search.SearchFailure;

/** Carries a {@link SearchFailure} up to the engine, which returns it. */
final class ServerException extends Exception {

    private final transient SearchFailure failure;

    ServerException(SearchFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    SearchFailure failure() {
        return failure;
    }
}
