package org.anfinsen.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.anfinsen.db.access.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Writes down who asked for which change, and what was answered. Strangers and floods leave no entries. */
final class AuditFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);
    private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final AuditLog audit;

    AuditFilter(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING_METHODS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() != HttpStatus.TOO_MANY_REQUESTS.value()
                && SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known) {
            record(known.getName(), request, response);
        }
    }

    private void record(String actor, HttpServletRequest request, HttpServletResponse response) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        String target = request.getRequestURI() + (location == null ? "" : " -> " + location);
        try {
            audit.add(actor, request.getRemoteAddr(), request.getMethod(), target, response.getStatus());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Not in the audit: {} {} {} was answered with {}: {}",
                    actor,
                    request.getMethod(),
                    target,
                    response.getStatus(),
                    e.getMessage());
        }
    }
}
