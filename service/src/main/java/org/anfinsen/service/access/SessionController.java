package org.anfinsen.service.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.anfinsen.db.access.ApiKey.Scope;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets a browser hold an API key, so that streams and downloads, which take no headers, bring it too. */
@RestController
@RequestMapping(SessionController.PATH)
@Tag(name = "session", description = "Who the caller is")
final class SessionController {

    static final String PATH = "/v1/session";

    private static final Duration LIFETIME = Duration.ofDays(30);

    /** Who the caller is, and what the caller may do. */
    @Schema(name = "Session")
    record SessionView(String name, List<String> scopes) {
        static SessionView of(Caller caller) {
            return new SessionView(
                    caller.name(),
                    caller.scopes().stream().sorted().map(Scope::spelling).toList());
        }
    }

    @Operation(operationId = "getSession", summary = "Says who the caller is")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "401", ref = "#/components/responses/Problem")
    @GetMapping
    SessionView session() {
        return SessionView.of(Caller.current());
    }

    @Operation(
            operationId = "openSession",
            summary = "Has the browser keep the API key of this request",
            description = "Answers a cookie that scripts cannot read and that is sent to this service only.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "401", ref = "#/components/responses/Problem")
    @PostMapping
    ResponseEntity<SessionView> open(@Parameter(hidden = true) HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        String secret = CallerFilter.secret(request);
        if (secret != null) {
            answer.header(
                    HttpHeaders.SET_COOKIE, cookie(secret, LIFETIME, request).toString());
        }
        return answer.body(SessionView.of(Caller.current()));
    }

    @Operation(operationId = "closeSession", summary = "Has the browser forget the API key")
    @ApiResponse(responseCode = "204", content = @Content)
    @DeleteMapping
    ResponseEntity<Void> close(@Parameter(hidden = true) HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie("", Duration.ZERO, request).toString())
                .build();
    }

    private static ResponseCookie cookie(String value, Duration lifetime, HttpServletRequest request) {
        return ResponseCookie.from(CallerFilter.COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/")
                .maxAge(lifetime)
                .build();
    }
}
