package org.anfinsen.service.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * Everything that can go wrong between a caller and this service, with the code, status and title of its problem
 * document (RFC 9457). The document's {@code type} is the address where {@link #meaning} is served.
 */
public enum Problem {
    INVALID_INPUT(
            HttpStatus.BAD_REQUEST,
            "The sequences cannot be predicted as they are",
            "One or more records break a rule. errors[] names each fault with its record, line, column and remedy; "
                    + "nothing was accepted."),
    INVALID_OPTION(
            HttpStatus.BAD_REQUEST,
            "An option has a value that is not allowed",
            "errors[] names each option, what was found and what is allowed; nothing was accepted."),
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "The body is not the JSON expected",
            "The body is not JSON, or a field is unknown or of another type. errors[] gives the place."),
    INVALID_STRUCTURE(
            HttpStatus.BAD_REQUEST,
            "The structure cannot be compared",
            "The file is not a PDB or mmCIF file with a protein that has residues in common with the prediction."),
    MALFORMED_MULTIPART(
            HttpStatus.BAD_REQUEST,
            "The multipart body cannot be read",
            "The parts of the body do not follow multipart/form-data, or no part holds a file."),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood", "A header or parameter cannot be read."),
    UNAUTHORIZED(
            HttpStatus.UNAUTHORIZED,
            "The caller is not known",
            "Send an API key or a token of the service's provider: Authorization: Bearer …"),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "The caller may not do this",
            "The key or token lacks the scope (submit, read, admin), or a page of another site sent the request."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND, "There is nothing at this address", "The path, the job or the file does not exist."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "This address does not take this method",
            "The Allow header lists the methods that it takes."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "No representation fits the Accept header",
            "The address serves none of the media types asked for."),
    NOT_READY(
            HttpStatus.CONFLICT,
            "The job has no result yet",
            "The member state says where the job stands. Follow its events, or try again after Retry-After seconds."),
    NO_RESULT(
            HttpStatus.CONFLICT,
            "The job ended without a result",
            "The job failed or was cancelled; the job itself says why."),
    BODY_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "The body is too large",
            "The body is longer than the limit anfinsen.limits.max-body; it was not read."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "This media type is not read here",
            "Send text/x-fasta, text/plain, text/x-a3m, application/json or multipart/form-data, not compressed."),
    IDEMPOTENCY_CONFLICT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key was used for another request",
            "A key belongs to one request. Take a new key for a new request."),
    RANGE_NOT_SATISFIABLE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "The range lies outside the file",
            "The Content-Range header gives the size of the file."),
    QUEUE_FULL(
            HttpStatus.TOO_MANY_REQUESTS,
            "The queue is full",
            "No more jobs are accepted for now. Try again after Retry-After seconds."),
    RATE_LIMITED(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many requests in a minute",
            "The limit is the key's, or of all addresses that send none. Try again after Retry-After seconds."),
    QUOTA_EXCEEDED(
            HttpStatus.TOO_MANY_REQUESTS,
            "Today's jobs are used up",
            "A caller may submit so many predictions between two midnights (UTC). Try again after Retry-After"
                    + " seconds."),
    TOO_MANY_STREAMS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many event streams are open",
            "Ask for the job itself instead, or try again after Retry-After seconds."),
    TAKES_LONGER(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The prediction takes longer than a request may wait",
            "It goes on: ask for the job itself, or send the sequence again after Retry-After seconds."),
    STORE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database does not answer",
            "Accepted jobs are safe. Try again after Retry-After seconds."),
    DATABASE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "A sequence database cannot be searched here",
            "The files of the database, or the program that searches it, are not there. errors[] says which; nothing"
                    + " was accepted. Another choice of databases may work."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The service failed",
            "This is a fault of the service; its log holds the cause under the time of the answer.");

    /** Where the problems are described. */
    public static final String PATH = "/v1/problems/";

    private final HttpStatus status;
    private final String title;
    private final String meaning;

    Problem(HttpStatus status, String title, String meaning) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
    }

    public HttpStatus status() {
        return status;
    }

    /** One line that is the same for every occurrence. */
    public String title() {
        return title;
    }

    /** What it means and what to do, for people. */
    public String meaning() {
        return meaning;
    }

    /** The stable code: {@code queue-full}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} of its documents: a reference relative to the service. */
    public URI type() {
        return URI.create(PATH + code());
    }
}
