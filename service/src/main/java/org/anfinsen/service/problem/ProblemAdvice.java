package org.anfinsen.service.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.anfinsen.pipeline.job.PredictionStore.IdempotencyConflictException;
import org.anfinsen.pipeline.job.PredictionStore.QueueFullException;
import org.anfinsen.pipeline.job.PredictionStore.QuotaExceededException;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every failure into a problem document. Nothing else in the service writes one. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(10);
    private static final Duration QUEUE_RETRY = Duration.ofSeconds(30);

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e) {
        return answer(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> queueFull(QueueFullException e) {
        return answer(new ProblemException(
                        Problem.QUEUE_FULL, "the queue holds its limit of " + e.limit() + " jobs (max-queued-jobs)")
                .with("limit", e.limit())
                .retryAfter(QUEUE_RETRY));
    }

    @ExceptionHandler
    ResponseEntity<Object> quotaExceeded(QuotaExceededException e) {
        return answer(new ProblemException(Problem.QUOTA_EXCEEDED, Objects.toString(e.getMessage()))
                .with("limit", e.limit())
                .retryAfter(e.untilRenewal()));
    }

    @ExceptionHandler
    ResponseEntity<Object> idempotencyConflict(IdempotencyConflictException e) {
        return answer(new ProblemException(Problem.IDEMPOTENCY_CONFLICT, Objects.toString(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e) {
        InputError error = InputError.ofField(
                "wrong-type",
                e.getName(),
                "'" + e.getValue() + "'",
                "Give a value of type " + Objects.toString(typeName(e), "unknown"));
        return answer(new ProblemException(Problem.BAD_REQUEST, error.message(), List.of(error)));
    }

    private static @Nullable String typeName(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return type == null ? null : type.getSimpleName();
    }

    @ExceptionHandler
    ResponseEntity<Object> multipart(MultipartException e) {
        return answer(
                e instanceof MaxUploadSizeExceededException
                        ? new ProblemException(Problem.BODY_TOO_LARGE, "the parts are larger than the limit (max-body)")
                        : new ProblemException(
                                Problem.MALFORMED_MULTIPART, "the parts of the body cannot be told from each other"));
    }

    @ExceptionHandler
    ResponseEntity<Object> storeUnavailable(StoreUnavailableException e) {
        LOG.warn("The database does not answer", e);
        return answer(new ProblemException(Problem.STORE_UNAVAILABLE, "the database does not answer")
                .retryAfter(STORE_RETRY));
    }

    @ExceptionHandler
    ResponseEntity<Object> internal(Exception e) {
        LOG.error("A request failed", e);
        return answer(new ProblemException(Problem.INTERNAL_ERROR, "the request could not be answered"));
    }

    /** What Spring MVC itself refuses: same form, our codes. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Problem problem = ofStatus(status);
        String detail = body instanceof ProblemDetail known && known.getDetail() != null
                ? known.getDetail()
                : Objects.toString(e.getMessage(), problem.title());
        if (problem == Problem.INTERNAL_ERROR) {
            LOG.error("A request failed", e);
            detail = "the request could not be answered";
        }
        if (e instanceof HttpMediaTypeNotSupportedException unsupported) {
            detail = "'" + Objects.requireNonNullElse(unsupported.getContentType(), "no Content-Type")
                    + "' is not read here";
        }
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(ProblemException.document(problem, detail), all, problem.status());
    }

    static Problem ofStatus(HttpStatusCode status) {
        for (Problem problem : Problem.values()) {
            if (problem.status().value() == status.value() && problem != Problem.INVALID_INPUT) {
                return problem == Problem.INVALID_OPTION || problem == Problem.MALFORMED_JSON
                        ? Problem.BAD_REQUEST
                        : problem;
            }
        }
        return status.is4xxClientError() ? Problem.BAD_REQUEST : Problem.INTERNAL_ERROR;
    }

    static ResponseEntity<Object> answer(ProblemException e) {
        HttpHeaders headers = new HttpHeaders(e.headers());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(e.document(), headers, e.problem().status());
    }

    /** The path that failed, for documents written outside of a controller. */
    static String path(HttpServletRequest request) {
        return Objects.toString(request.getAttribute("jakarta.servlet.error.request_uri"), request.getRequestURI());
    }
}
