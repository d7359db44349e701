package org.anfinsen.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Set;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.db.access.AuditLog;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@TestPropertySource(
        properties = {
            "anfinsen.access.required=true",
            "anfinsen.access.requests-per-minute=100000",
            "anfinsen.data-directory=target/test-data/access"
        })
class ApiKeyAccessIT extends ServiceTest {

    @Autowired
    private @Nullable ApiKeys keys;

    @Autowired
    private @Nullable AuditLog audit;

    @Autowired
    private @Nullable RequestMappingHandlerMapping requestMappingHandlerMapping;

    private String bearer(Set<Scope> scopes) {
        return bearer(scopes, null, null);
    }

    private String bearer(Set<Scope> scopes, @Nullable Integer requestsPerMinute, @Nullable Integer jobsPerDay) {
        return "Bearer "
                + keys.create("test" + System.nanoTime(), scopes, requestsPerMinute, jobsPerDay)
                        .secret();
    }

    private String user() {
        return bearer(EnumSet.of(Scope.SUBMIT, Scope.READ));
    }

    private Http.Answer submit(String bearer, String name) {
        return http.post(
                "/v1/predictions",
                "text/x-fasta",
                ">" + name + "\n" + freshSequence(30) + "\n",
                "Authorization",
                bearer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/predictions",
                "/v1/models",
                "/v1/session",
                "/v1/an-address-that-comes-later",
                "/foldSequence/v1/pdb/",
                "/actuator/metrics",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator"
            })
    void refusesACallerWithoutAKey(String path) {
        Http.Answer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/v1/problems/unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js/app.js", "/v1/problems", "/v1/openapi", "/actuator/health/readiness"})
    void showsToAnyoneWhatNeedsNoKey(String path) {
        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @Test
    void showsNoDetailsOfItsHealthToStrangers() {
        assertThat(http.get("/actuator/health").text()).doesNotContain("components");
        assertThat(http.get("/actuator/health", "Authorization", bearer(Set.of(Scope.ADMIN)))
                        .text())
                .contains("components", "\"model\"");
    }

    @ParameterizedTest
    @CsvSource({
        "READ, GET, /v1/predictions, 200",
        "READ, POST, /v1/predictions, 403",
        "READ, DELETE, /v1/predictions/019b0000-0000-7000-8000-000000000000, 403",
        "READ, POST, /v1/an-address-that-comes-later, 403",
        "READ, POST, /foldSequence/v1/pdb/, 403",
        "READ, GET, /actuator/info, 200",
        "READ, GET, /actuator/metrics, 403",
        "SUBMIT, GET, /v1/predictions, 403",
        "SUBMIT, POST, /v1/predictions, 202",
        "ADMIN, GET, /v1/predictions, 200",
        "ADMIN, POST, /v1/predictions, 202",
        "ADMIN, GET, /actuator/prometheus, 200"
    })
    void asksForTheScope(Scope scope, String method, String path, int status) {
        String bearer = bearer(Set.of(scope));
        Http.Answer answer = switch (method) {
            case "GET" -> http.get(path, "Authorization", bearer);
            case "DELETE" -> http.delete(path, "Authorization", bearer);
            default -> http.post(path, "text/x-fasta", ">a\n" + freshSequence(20) + "\n", "Authorization", bearer);
        };

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.json().path("type").asString()).isEqualTo("/v1/problems/forbidden");
        }
    }

    @Test
    void refusesAnUnknownAndARevokedKey() {
        String secret = keys.create("leaver", Set.of(Scope.READ), null, null).secret();

        assertThat(http.get("/v1/models", "Authorization", "Bearer " + secret).status())
                .isEqualTo(200);
        keys.revoke("leaver");
        assertThat(http.get("/v1/models", "Authorization", "Bearer " + secret).status())
                .isEqualTo(401);
        assertThat(http.get("/v1/models", "Authorization", "Bearer anf_" + "A".repeat(43))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void showsAUserOnlyTheirOwnJobs() {
        String alice = user();
        String bob = user();
        String job = submit(alice, "secret-protein").header("Location");

        assertThat(http.get(job, "Authorization", alice).status()).isEqualTo(200);
        for (String path : new String[] {"", "/events", "/structure.pdb", "/archive.zip"}) {
            assertThat(http.get(job + path, "Authorization", bob).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(http.delete(job, "Authorization", bob).status()).isEqualTo(404);
        assertThat(http.get("/v1/predictions", "Authorization", bob)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(http.get("/v1/predictions", "Authorization", alice).text()).contains("secret-protein");
        assertThat(http.get(job, "Authorization", bearer(Set.of(Scope.ADMIN))).status())
                .isEqualTo(200);
    }

    @Test
    void limitsTheRateOfAKeyAndSaysWhenToComeBack() {
        String bearer = bearer(Set.of(Scope.READ), 3, null);
        for (int i = 0; i < 3; i++) {
            assertThat(http.get("/v1/models", "Authorization", bearer).status()).isEqualTo(200);
        }
        Http.Answer refused = http.get("/v1/models", "Authorization", bearer);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 21);
        assertThat(refused.json().path("type").asString()).isEqualTo("/v1/problems/rate-limited");
        assertThat(http.get("/v1/models", "Authorization", user()).status()).isEqualTo(200);
    }

    @Test
    void limitsTheJobsOfADayAndSaysWhenToComeBack() {
        String bearer = bearer(EnumSet.of(Scope.SUBMIT, Scope.READ), null, 1);

        assertThat(submit(bearer, "first").status()).isEqualTo(202);
        Http.Answer refused = submit(bearer, "second");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("type").asString()).isEqualTo("/v1/problems/quota-exceeded");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
    }

    @Test
    void letsABrowserHoldTheKeyInACookie() throws Exception {
        String bearer = user();
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        URI session = http.request("/v1/session").build().uri();
        HttpResponse<String> opened = browser.send(
                HttpRequest.newBuilder(session)
                        .header("Authorization", bearer)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(opened.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly")
                .contains("SameSite=Strict");
        HttpRequest list =
                HttpRequest.newBuilder(session.resolve("/v1/predictions")).build();
        assertThat(browser.send(list, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        browser.send(HttpRequest.newBuilder(session).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(browser.send(list, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void writesDownWhoAskedForWhichChange() {
        String name = "auditee" + System.nanoTime();
        String secret =
                keys.create(name, Set.of(Scope.READ, Scope.SUBMIT), null, null).secret();
        String job = submit("Bearer " + secret, "audited").header("Location");
        http.delete(job, "Authorization", "Bearer " + secret);

        assertThat(audit.newest(20))
                .filteredOn(entry -> entry.actor().equals("key " + name))
                .extracting(entry -> entry.action() + " " + entry.target())
                .containsExactly("DELETE " + job, "POST /v1/predictions -> " + job);
    }

    @Test
    void hasNoControllerOutsideOfTheAddressesThatAskForAScope() {
        for (var entry : requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
            RequestMappingInfo mapping = entry.getKey();
            HandlerMethod method = entry.getValue();
            assertThat(mapping.getPatternValues())
                    .as(method.toString())
                    .allMatch(pattern -> pattern.startsWith("/v1/")
                            || pattern.startsWith("/foldSequence/")
                            || pattern.equals("/error")
                            || pattern.startsWith("/swagger-ui"));
        }
    }
}
