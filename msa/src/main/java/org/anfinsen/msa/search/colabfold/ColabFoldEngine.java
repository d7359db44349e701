package org.anfinsen.msa.search.colabfold;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.SearchEngine;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.msa.search.SearchOutcome;
import org.anfinsen.protein.ProteinSequence;

/**
 * Asks a ColabFold MMseqs2 server. A ticket that the server's rate limit refuses is asked for again until the time is up;
 * maintenance and errors end the search at once.
 */
public final class ColabFoldEngine implements SearchEngine {

    /** The protocol numbers queries from 101. */
    private static final String QUERY_NAME = "101";

    private final ColabFoldSettings settings;
    private final HttpClient http;

    public ColabFoldEngine(ColabFoldSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.requestTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public EngineKind kind() {
        return EngineKind.COLABFOLD;
    }

    /** Looks at the address only; whether the server answers is seen when it is asked. */
    @Override
    public Optional<SearchFailure> check(Database database) {
        try {
            String scheme = URI.create(database.location()).getScheme();
            return "http".equals(scheme) || "https".equals(scheme)
                    ? Optional.empty()
                    : Optional.of(new SearchFailure.DatabaseMissing(database.name(), database.location()));
        } catch (IllegalArgumentException e) {
            return Optional.of(new SearchFailure.DatabaseMissing(database.name(), database.location()));
        }
    }

    @Override
    public SearchOutcome search(ProteinSequence query, Database database) throws InterruptedException {
        Optional<SearchFailure> missing = check(database);
        if (missing.isPresent()) {
            return new SearchOutcome.Failed(missing.get());
        }
        long start = System.nanoTime();
        long deadline = start + settings.timeout().toNanos();
        ServerClient client = new ServerClient(http, database.location(), settings, deadline);
        try {
            Ticket ticket = finished(client, submitted(client, query, database), database);
            Alignment alignment = download(client, ticket, query, database);
            return new SearchOutcome.Found(alignment, database.location(), Duration.ofNanos(System.nanoTime() - start));
        } catch (ServerException e) {
            return new SearchOutcome.Failed(e.failure());
        }
    }

    private static Ticket submitted(ServerClient client, ProteinSequence query, Database database)
            throws InterruptedException, ServerException {
        String fasta = ">" + QUERY_NAME + "\n" + query.residues() + "\n";
        Ticket ticket = client.submit(fasta);
        while (ticket.state() == Ticket.State.UNKNOWN || ticket.state() == Ticket.State.RATELIMIT) {
            try {
                client.pause();
                ticket = client.submit(fasta);
            } catch (ServerException e) {
                boolean limited = ticket.state() == Ticket.State.RATELIMIT;
                throw limited && e.failure() instanceof SearchFailure.TimedOut
                        ? refused(database, "rate limit", ticket)
                        : e;
            }
        }
        return ticket;
    }

    private static Ticket finished(ServerClient client, Ticket submitted, Database database)
            throws InterruptedException, ServerException {
        Ticket ticket = submitted;
        while (true) {
            switch (ticket.state()) {
                case COMPLETE -> {
                    return new Ticket(submitted.id(), ticket.state(), ticket.reason());
                }
                case ERROR -> throw refused(database, "the search failed there", ticket);
                case MAINTENANCE -> throw refused(database, "maintenance", ticket);
                case PENDING, RUNNING, UNKNOWN, RATELIMIT -> {
                    client.pause();
                    ticket = client.state(submitted.id());
                }
            }
        }
    }

    private static ServerException refused(Database database, String why, Ticket ticket) {
        String reason = ticket.reason().isBlank() ? why : why + ", " + ticket.reason();
        return new ServerException(new SearchFailure.ServerRefused(database.location(), reason));
    }

    private Alignment download(ServerClient client, Ticket ticket, ProteinSequence query, Database database)
            throws InterruptedException, ServerException {
        List<Alignment> alignments = new ArrayList<>();
        try (InputStream in = client.download(ticket.id())) {
            alignments.addAll(ResultArchive.read(in, settings.bytesMax()));
        } catch (IOException e) {
            throw new ServerException(
                    new SearchFailure.OutputUnreadable(database.location(), String.valueOf(e.getMessage())));
        }
        for (Alignment alignment : alignments) {
            if (!alignment.aligned(0).equals(query.residues())) {
                throw new ServerException(new SearchFailure.OutputUnreadable(
                        database.location(), "the first row of an alignment is not the query"));
            }
        }
        return AlignmentFilter.DUPLICATES.apply(Alignment.merged(alignments).withName(0, query.name()));
    }
}
