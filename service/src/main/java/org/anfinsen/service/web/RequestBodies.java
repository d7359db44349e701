package org.anfinsen.service.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.submission.SequenceFile;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of requests, never past the limit, and says exactly what is wrong with them. */
@Component
final class RequestBodies {

    private static final int FILES_MAX = 100;

    private final int maxBytes;
    private final JsonMapper json;

    RequestBodies(LimitSettings limits) {
        maxBytes = (int) limits.maxBody().toBytes();
        // Strict, unlike the mapper that writes answers: "recycles": "3" and a misspelt field are the caller's
        // mistakes.
        json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(maxBytes)
                                .maxNestingDepth(10)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    /** @throws ProblemException if there are more bytes than the limit, before they are read where their number is told */
    byte[] bytes(HttpServletRequest request) throws IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "a body with Content-Encoding " + encoding + " is not read here");
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(request.getContentLengthLong() + " bytes");
        }
        byte[] bytes = request.getInputStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge("more than " + maxBytes + " bytes");
        }
        return bytes;
    }

    private ProblemException tooLarge(String found) {
        return new ProblemException(Problem.BODY_TOO_LARGE, found + ", limit " + maxBytes + " (max-body)")
                .with("limit_bytes", maxBytes);
    }

    /** @throws ProblemException if the body is not what the type describes */
    <T> T json(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] body = bytes(request);
        try {
            @Nullable T value = json.readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw malformed(InputError.ofField("wrong-type", "body", "null", "Send a JSON object"));
    }

    private static ProblemException malformed(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        String field = e.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getPropertyName())
                .collect(Collectors.joining("."));
        boolean unknown = e instanceof UnrecognizedPropertyException;
        boolean syntax = e instanceof StreamReadException || field.isEmpty();
        return malformed(new InputError(
                unknown ? "unknown-field" : syntax ? "malformed-json" : "wrong-type",
                syntax ? null : field,
                null,
                null,
                location == null || location.getLineNr() < 1 ? null : location.getLineNr(),
                location == null || location.getColumnNr() < 1 ? null : location.getColumnNr(),
                unknown
                        ? "a field that is not known"
                        : syntax ? "this is not JSON" : "a value of another type than expected",
                unknown
                        ? "Use name, sequence, model, models, recycles, seed, msa and databases"
                        : syntax
                                ? "Send a JSON object in UTF-8"
                                : "Give models, recycles and seed as whole numbers, databases as an array of strings, all"
                                        + " others as strings"));
    }

    private static ProblemException malformed(InputError error) {
        return new ProblemException(Problem.MALFORMED_JSON, error.message(), List.of(error));
    }

    /** @throws ProblemException if no part is a file, or too many are */
    List<SequenceFile> files(MultipartHttpServletRequest request) throws IOException {
        List<SequenceFile> files = new ArrayList<>();
        for (List<MultipartFile> parts : request.getMultiFileMap().values()) {
            for (MultipartFile part : parts) {
                String name = Objects.requireNonNullElse(part.getOriginalFilename(), part.getName());
                files.add(SequenceFile.named(lastSegment(name), part.getBytes()));
            }
        }
        if (files.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED_MULTIPART, "no part of the body holds a file");
        }
        if (files.size() > FILES_MAX) {
            throw new ProblemException(
                    Problem.MALFORMED_MULTIPART, files.size() + " files, limit " + FILES_MAX + " a request");
        }
        return files;
    }

    private static String lastSegment(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
