package org.anfinsen.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers from filters in the way of the controllers. */
final class Problems {

    private final HandlerExceptionResolver resolver;

    Problems(HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Exception e) {
        resolver.resolveException(request, response, null, e);
    }

    static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.UNAUTHORIZED, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"anfinsen\"");
    }

    static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.FORBIDDEN, detail);
    }
}
