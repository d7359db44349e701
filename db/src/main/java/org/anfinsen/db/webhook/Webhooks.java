package org.anfinsen.db.webhook;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.anfinsen.db.Outage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages in PostgreSQL: waiting for the end of a benchmark or of a submission's jobs, then due until they are
 * delivered or given up. What is under way when a process dies is due again after its time.
 */
public final class Webhooks {

    private static final int SECRET_BYTES = 32;
    private static final int PAGE = 100;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    /** @param dataSource a database that is up to date */
    public Webhooks(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A message that was asked for; its secret, 256 random bits in base64, is its submitter's to check signatures with. */
    public record Registered(UUID id, String secret) {}

    /**
     * A message to send now.
     *
     * @param tries this one included
     */
    public record Delivery(UUID id, URI url, String secret, String body, int tries) {}

    /** A message that waits for a benchmark. */
    public record OfBenchmark(UUID id, UUID benchmark) {}

    /** A message whose jobs have all ended; those that were removed are not among them. */
    public record OfJobs(UUID id, List<EndedJob> jobs) {
        public OfJobs {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * A job that has ended.
     *
     * @param state done, failed or cancelled
     */
    public record EndedJob(UUID id, String name, String state) {}

    /** Asks for a message at the end of a benchmark; the same again if it was asked for before. */
    public Registered onBenchmark(URI url, UUID benchmark) {
        return register(url, benchmark, null);
    }

    /**
     * Asks for a message when all jobs of a submission have ended; the same again if it was asked for before.
     *
     * @param jobs at least one
     */
    public Registered onJobs(URI url, List<UUID> jobs) {
        String literal = jobs.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
        return register(url, null, literal);
    }

    private Registered register(URI url, @Nullable UUID benchmark, @Nullable String jobs) {
        byte[] bits = new byte[SECRET_BYTES];
        random.nextBytes(bits);
        String secret = Base64.getEncoder().encodeToString(bits);
        return Outage.watched(() -> {
            jdbc.sql("""
                insert into webhooks (url, secret, benchmark, jobs)
                values (:url, :secret, cast(:benchmark as uuid), cast(:jobs as uuid[]))
                on conflict do nothing
                """)
                    .param("url", url.toString())
                    .param("secret", secret)
                    .param("benchmark", benchmark)
                    .param("jobs", jobs)
                    .update();
            return jdbc.sql("""
                select id, secret from webhooks
                where benchmark = cast(:benchmark as uuid) or jobs[1] = (cast(:jobs as uuid[]))[1]
                """)
                    .param("benchmark", benchmark)
                    .param("jobs", jobs)
                    .query((rs, number) -> new Registered(rs.getObject("id", UUID.class), rs.getString("secret")))
                    .single();
        });
    }

    /** Those that wait for benchmarks, oldest first; whether the benchmark has ended is not known here. */
    public List<OfBenchmark> waitingForBenchmarks() {
        return Outage.watched(() -> jdbc.sql("""
            select id, benchmark from webhooks where state = 'waiting' and benchmark is not null order by created
            """)
                .query((rs, number) ->
                        new OfBenchmark(rs.getObject("id", UUID.class), rs.getObject("benchmark", UUID.class)))
                .list());
    }

    /** Some of those that wait for jobs of which none is under way any more, oldest first. */
    public List<OfJobs> withEndedJobs() {
        return Outage.watched(() -> jdbc.sql("""
            select id from webhooks w
            where state = 'waiting' and jobs is not null and not exists (
                select from predictions p where p.id = any(w.jobs) and p.finished is null)
            order by created limit :page
            """).param("page", PAGE).query(UUID.class).list().stream()
                .map(id -> new OfJobs(id, jobs(id)))
                .toList());
    }

    private List<EndedJob> jobs(UUID webhook) {
        return jdbc.sql("""
            select p.id, p.name, p.state from webhooks w join predictions p on p.id = any(w.jobs)
            where w.id = :id order by p.ticket
            """)
                .param("id", webhook)
                .query((rs, number) ->
                        new EndedJob(rs.getObject("id", UUID.class), rs.getString("name"), rs.getString("state")))
                .list();
    }

    /** What a message waited for has come: it is to be sent now. Does nothing if that was said before. */
    public void due(UUID id, String body) {
        Outage.watched(() -> jdbc.sql("""
            update webhooks set state = 'due', body = :body, next_try = now() where id = :id and state = 'waiting'
            """).param("body", body).param("id", id).update());
    }

    /**
     * Takes the message that has been due for longest. Nobody else gets it until the time is over.
     *
     * @param hold longer than a try takes
     */
    public Optional<Delivery> next(Duration hold) {
        return Outage.watched(() -> jdbc.sql("""
            update webhooks set tries = tries + 1, next_try = now() + :hold * interval '1 millisecond'
            where id = (
                select id from webhooks where state = 'due' and next_try <= now()
                order by next_try for update skip locked limit 1)
            returning id, url, secret, body, tries
            """)
                .param("hold", hold.toMillis())
                .query((rs, number) -> new Delivery(
                        rs.getObject("id", UUID.class),
                        URI.create(rs.getString("url")),
                        rs.getString("secret"),
                        rs.getString("body"),
                        rs.getInt("tries")))
                .optional());
    }

    /** The message has arrived. */
    public void delivered(UUID id, String outcome) {
        end(id, "delivered", outcome);
    }

    /** The message is given up. */
    public void abandoned(UUID id, String outcome) {
        end(id, "abandoned", outcome);
    }

    private void end(UUID id, String state, String outcome) {
        Outage.watched(() -> jdbc.sql("""
            update webhooks set state = :state, next_try = null, last_outcome = :outcome where id = :id
            """)
                .param("state", state)
                .param("outcome", outcome)
                .param("id", id)
                .update());
    }

    /** The try has failed; another one is to follow after a while. */
    public void tryAgain(UUID id, String outcome, Duration wait) {
        Outage.watched(() -> jdbc.sql("""
            update webhooks set next_try = now() + :wait * interval '1 millisecond', last_outcome = :outcome
            where id = :id and state = 'due'
            """)
                .param("wait", wait.toMillis())
                .param("outcome", outcome)
                .param("id", id)
                .update());
    }

    /** Forgets messages that were delivered or given up and are older than this. */
    public void removeEnded(Duration age) {
        Outage.watched(() -> jdbc.sql("""
            delete from webhooks
            where state in ('delivered', 'abandoned') and created < now() - :age * interval '1 millisecond'
            """).param("age", age.toMillis()).update());
    }
}
