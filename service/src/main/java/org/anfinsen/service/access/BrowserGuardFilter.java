package org.anfinsen.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites from using the service through a visitor's browser: they may not change anything, and where
 * the service is open they do not reach it under a name of theirs (DNS rebinding). Programs do not send what is looked at
 * here, other than the right {@code Host}.
 */
final class BrowserGuardFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final boolean open;
    private final List<String> allowedHosts;
    private final Problems problems;

    BrowserGuardFilter(boolean open, List<String> allowedHosts, Problems problems) {
        this.open = open;
        this.allowedHosts = allowedHosts;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (open && host != null && !isOurs(host)) {
            problems.answer(
                    request,
                    response,
                    new ProblemException(
                            Problem.FORBIDDEN,
                            "an open service is not reached under the name in Host; set anfinsen.access.allowed-hosts"
                                    + " if it is a proxy's"));
        } else if (!SAFE_METHODS.contains(request.getMethod()) && isForeign(request, host)) {
            problems.answer(
                    request,
                    response,
                    new ProblemException(Problem.FORBIDDEN, "a page of another site may not change anything here"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isOurs(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || allowedHosts.contains(name);
    }

    private static boolean isForeign(HttpServletRequest request, @Nullable String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITE.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !authority(origin).equals(host);
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
