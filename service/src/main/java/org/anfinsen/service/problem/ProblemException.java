package org.anfinsen.service.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** Ends a request, or a command, with a problem. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final transient List<InputError> errors;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient HttpHeaders headers = new HttpHeaders();

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    /** @param errors the faults, in the order in which the caller meets them */
    public ProblemException(Problem problem, String detail, List<InputError> errors) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    /** Adds a member of its own to the document. */
    public ProblemException with(String member, @Nullable Object value) {
        if (value != null) {
            members.put(member, value);
        }
        return this;
    }

    /** Says when another try makes sense. */
    public ProblemException retryAfter(Duration wait) {
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds()));
        return this;
    }

    /** Adds a header to the answer. */
    public ProblemException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public Problem problem() {
        return problem;
    }

    public List<InputError> errors() {
        return errors;
    }

    HttpHeaders headers() {
        return headers;
    }

    ProblemDetail document() {
        ProblemDetail document = document(problem, getMessage() == null ? problem.title() : getMessage());
        if (!errors.isEmpty()) {
            document.setProperty("errors", errors);
        }
        members.forEach(document::setProperty);
        return document;
    }

    static ProblemDetail document(Problem problem, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(problem.status(), detail);
        document.setType(problem.type());
        document.setTitle(problem.title());
        return document;
    }
}
