package org.anfinsen.msa.search;

/** Carries a {@link SearchFailure} up to the engine, which returns it. */
final class SearchFailedException extends Exception {

    private final transient SearchFailure failure;

    SearchFailedException(SearchFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    SearchFailure failure() {
        return failure;
    }
}
