package org.anfinsen.service.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets each caller send so many requests a minute, and each address that gives no valid key far fewer. The buckets are this
 * process's: several processes on one database each give the whole rate.
 */
final class RateLimitFilter extends OncePerRequestFilter {

    private static final int STRANGER_REQUESTS_PER_MINUTE = 60;
    private static final int BUCKETS_MAX = 10_000;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Problems problems;

    RateLimitFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/v1/")
                && !request.getRequestURI().startsWith("/foldSequence/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String who;
        Integer perMinute;
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known) {
            Caller caller = known.getPrincipal();
            who = "caller " + caller.owner();
            perMinute = caller.requestsPerMinute();
        } else {
            who = "address " + request.getRemoteAddr();
            perMinute = STRANGER_REQUESTS_PER_MINUTE;
        }
        if (perMinute == null) {
            chain.doFilter(request, response);
            return;
        }
        ConsumptionProbe probe = bucket(who, perMinute).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
        } else {
            problems.answer(
                    request,
                    response,
                    new ProblemException(Problem.RATE_LIMITED, "more than " + perMinute + " requests a minute")
                            .with("limit", perMinute)
                            .retryAfter(Duration.ofSeconds(1
                                    + Duration.ofNanos(probe.getNanosToWaitForRefill())
                                            .toSeconds())));
        }
    }

    private Bucket bucket(String who, int perMinute) {
        if (buckets.size() >= BUCKETS_MAX) {
            // A full bucket is as good as a new one.
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= STRANGER_REQUESTS_PER_MINUTE);
        }
        return buckets.computeIfAbsent(
                who + " " + perMinute,
                key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }
}
