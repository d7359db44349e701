package org.anfinsen.service.access;

import java.util.Set;
import org.anfinsen.db.access.ApiKey;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore.Submitter;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sends a request.
 *
 * @param name              for people and the audit
 * @param owner             owns the jobs that are submitted; null where the service is open and nobody is told apart
 * @param scopes            what the caller may do
 * @param requestsPerMinute rate limit; null for none
 * @param jobsPerDay        quota; null for none
 */
public record Caller(
        String name,
        @Nullable String owner,
        Set<Scope> scopes,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer jobsPerDay) {

    /** Whoever reaches an open service. */
    static final Caller ANYONE = new Caller("anyone", null, Scope.ADMIN.implied(), null, null);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** The caller of the request that this thread answers; threads without a request work for anyone. */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerAuthentication known ? known.getPrincipal() : ANYONE;
    }

    static Caller of(ApiKey key, int requestsPerMinute, int jobsPerDay) {
        return new Caller(
                "key " + key.name(),
                "key:" + key.id(),
                key.scopes(),
                key.requestsPerMinute() == null ? requestsPerMinute : key.requestsPerMinute(),
                key.jobsPerDay() == null ? jobsPerDay : key.jobsPerDay());
    }

    /** The caller as the store knows it. */
    public Submitter submitter() {
        return new Submitter(owner, jobsPerDay);
    }

    /** Whose jobs the caller sees; null for everyone's. */
    public @Nullable String visibleOwner() {
        return owner == null || scopes.contains(Scope.ADMIN) ? null : owner;
    }

    /** True if the caller may see a job, and with the scope for it change it. */
    public boolean sees(PredictionJob job) {
        return sees(job.owner());
    }

    /** True if the caller may see a benchmark, and with the scope for it change it. */
    public boolean sees(Benchmark benchmark) {
        return sees(benchmark.owner());
    }

    private boolean sees(@Nullable String itsOwner) {
        String visible = visibleOwner();
        return visible == null || visible.equals(itsOwner);
    }
}
