package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anfinsen.msa.search.DatabaseRegistry;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.service.wiring.ServiceApplication;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Alignments that a job searches for: over HTTP, with PostgreSQL and the default network. */
@SpringBootTest(
        classes = ServiceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "anfinsen.data-directory=target/test-data/search",
            "anfinsen.models-directory=${anfinsen.root}/models",
            "anfinsen.search.databases=villins",
            "anfinsen.search.jackhmmer=no-such-program"
        })
class SearchIT {

    private static final String VILLIN = "LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF";
    private static final Path DATA = Path.of("target", "test-data", "search");

    @LocalServerPort
    private int port;

    private static void name(String name, EngineKind engine, String content) throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(DATA).resolve(name + ".fasta"), content, StandardCharsets.UTF_8);
        DatabaseRegistry registry = DatabaseSearch.registry(DATA);
        registry.remove(name);
        registry.add(name, engine, file.toString(), "2026_" + System.nanoTime());
    }

    private static Http.Answer post(Http http, String member) {
        return http.post(
                "/v1/predictions",
                "application/json",
                "{\"name\": \"villin\", " + (member.contains("msa") ? "" : "\"sequence\": \"" + VILLIN + "\", ")
                        + member + "}");
    }

    private static String submit(Http http, String member) {
        Http.Answer answer = post(http, member);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.header("Location");
    }

    private static String relatives() {
        // A name that no earlier run of this test has seen, so that no cache knows the database.
        return ">relative" + System.nanoTime() + "\n" + VILLIN.replace('K', 'R') + "\n";
    }

    @Test
    void searchesNamesWhatItSearchedAndSearchesOnce() throws IOException {
        name("villins", EngineKind.EMBEDDED, relatives());
        Http http = new Http(port);
        JsonNode first = http.await(submit(http, "\"seed\": 1"), "done");
        assertThat(first.path("alignment").asString("")).isEqualTo("searched");
        assertThat(first.path("databases").path(0).path("name").asString("")).isEqualTo("villins");
        assertThat(first.path("databases").path(0).path("checksum").asString(""))
                .hasSize(64);
        JsonNode search = first.path("result").path("searches").path(0);
        assertThat(search.path("hits").asInt(0)).isEqualTo(1);
        assertThat(search.path("cache").asString("")).isEqualTo("miss");
        assertThat(search.path("checksum"))
                .isEqualTo(first.path("databases").path(0).path("checksum"));
        assertThat(first.path("result").path("alignment_rows").asInt(0)).isEqualTo(2);

        JsonNode second = http.await(submit(http, "\"seed\": 2, \"databases\": [\"villins\"]"), "done");
        assertThat(second.path("result").path("searches").path(0).path("cache").asString(""))
                .isEqualTo("hit");

        JsonNode alone = http.await(submit(http, "\"databases\": []"), "done");
        assertThat(alone.path("alignment").asString("")).isEqualTo("single_sequence");
        assertThat(alone.has("databases")).isFalse();
    }

    @Test
    void refusesWhatCannotBeSearchedBeforeItAccepts() throws IOException {
        name("villins", EngineKind.EMBEDDED, relatives());
        name("by_program", EngineKind.JACKHMMER, relatives());
        Http http = new Http(port);
        Http.Answer unknown = post(http, "\"databases\": [\"nowhere\"]");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("errors").path(0).path("code").asString(""))
                .isEqualTo("unknown-database");
        Http.Answer missing = post(http, "\"databases\": [\"by_program\"]");
        assertThat(missing.status()).isEqualTo(503);
        assertThat(missing.json().path("type").asString("")).endsWith("database-unavailable");
        assertThat(missing.json().path("detail").asString("")).contains("the program no-such-program is not installed");
        Http.Answer both = post(http, "\"msa\": \">q\\n" + VILLIN + "\\n\", \"databases\": [\"villins\"]");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.json().path("errors").path(0).path("code").asString("")).isEqualTo("alignment-and-databases");

        JsonNode listed = http.get("/v1/databases").json().path("databases");
        assertThat(listed.path(0).path("name").asString("")).isEqualTo("by_program");
        assertThat(listed.path(0).path("problem").asString("")).contains("not installed");
        assertThat(listed.path(1).has("problem")).isFalse();
        assertThat(listed.path(1).path("standard").asBoolean(false)).isTrue();
    }
}
