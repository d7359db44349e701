package org.anfinsen.msa.search;

import java.io.IOException;
import java.util.Optional;
import org.anfinsen.protein.ProteinSequence;

/** Finds homologues of a query in a database and aligns them to it. Implementations may be used by several threads. */
public interface SearchEngine {

    /** Which engine this is. */
    EngineKind kind();

    /** What would stop a search of this database, found out without searching; empty if nothing does. */
    Optional<SearchFailure> check(Database database) throws IOException;

    /**
     * Searches.
     *
     * @return an alignment whose row 0 is the query, or what went wrong with the program, the database or the server
     * @throws IOException          if this machine's own files cannot be written or read
     * @throws InterruptedException if the thread is interrupted; a program has been stopped by then
     */
    SearchOutcome search(ProteinSequence query, Database database) throws IOException, InterruptedException;
}
