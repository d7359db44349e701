package org.anfinsen.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.anfinsen.db.access.ApiKey;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.anfinsen.service.settings.AccessSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/** Finds out who calls: by the API key in {@code Authorization: Bearer} or, for the page, in a cookie. */
final class CallerFilter extends OncePerRequestFilter {

    /** Holds the key in browsers; no script can read it. */
    static final String COOKIE = "anfinsen_key";

    private static final String BEARER = "Bearer ";

    private final boolean open;
    private final ApiKeys keys;
    private final AccessSettings settings;
    private final Problems problems;

    CallerFilter(boolean open, ApiKeys keys, AccessSettings settings, Problems problems) {
        this.open = open;
        this.keys = keys;
        this.settings = settings;
        this.problems = problems;
    }

    /** The API key that a request brings, or null. */
    static @Nullable String secret(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            // Bearer tokens of other kinds are Spring Security's business.
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                            && header.startsWith(ApiKeys.PREFIX, BEARER.length())
                    ? header.substring(BEARER.length())
                    : null;
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        try {
            caller = open ? Optional.of(Caller.ANYONE) : caller(secret(request));
        } catch (StoreUnavailableException e) {
            problems.answer(request, response, e);
            return;
        }
        caller.ifPresent(found -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new CallerAuthentication(found));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(@Nullable String secret) {
        if (secret == null) {
            return Optional.empty();
        }
        Optional<ApiKey> key = keys.find(secret);
        return key.map(found -> Caller.of(found, settings.requestsPerMinute(), settings.jobsPerDay()));
    }
}
