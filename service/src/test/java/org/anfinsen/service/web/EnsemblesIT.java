package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several predictions of one sequence, ranked. */
final class EnsemblesIT extends ServiceTest {

    @Test
    void ranksTheJobsOfASequenceWhenAllHaveEnded() throws IOException {
        String name = "ensemble" + UUID.randomUUID();
        CountDownLatch latch = engine.predictor().hold(name);
        Http.Answer answer = http.post(
                "/v1/predictions",
                "application/json",
                "{\"name\": \"" + name + "\", \"sequence\": \"" + freshSequence(30)
                        + "\", \"model\": [\"anfinsen-1\"], \"models\": 3}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        List<JsonNode> jobs = answer.json().path("jobs").valueStream().toList();
        assertThat(jobs).extracting(job -> job.path("seed").asInt(-1)).containsExactly(0, 1, 2);
        assertThat(jobs).extracting(EnsemblesIT::ensemble).containsOnly(ensemble(jobs.getFirst()));
        assertThat(jobs).allMatch(job -> job.path("ensemble").path("size").asInt(0) == 3);
        assertThat(jobs).noneMatch(job -> job.path("ensemble").has("rank"));
        assertThat(answer.header("Location")).isEqualTo("/v1/predictions");
        latch.countDown();

        jobs.forEach(job -> http.await(address(job), "done"));

        List<JsonNode> done =
                jobs.stream().map(job -> http.get(address(job)).json()).toList();
        assertThat(done)
                .extracting(job -> job.path("ensemble").path("rank").asInt(0))
                .containsExactly(3, 1, 2);
        String best = "anfinsen-1_model_1_seed_001";
        assertThat(entries(address(jobs.get(1)) + "/all.zip"))
                .contains(name + "_unrelaxed_rank_001_" + best + ".pdb", name + ".a3m", name + "_plddt.png");
        assertThat(entries(address(jobs.get(0)) + "/all.zip"))
                .contains(
                        name + "_unrelaxed_rank_003_anfinsen-1_model_1_seed_000.pdb",
                        "msa_rank_003_anfinsen-1_model_1_seed_000_" + name + ".a3m");
        assertThat(http.get(address(jobs.get(2)) + "/structure.pdb").header("Content-Disposition"))
                .contains(name + "_unrelaxed_rank_002_anfinsen-1_model_1_seed_002.pdb");

        JsonNode page = http.get("/v1/predictions?ensemble=" + ensemble(jobs.getFirst()))
                .json();
        assertThat(page.path("total").asInt(0)).isEqualTo(3);
        assertThat(page.path("jobs").valueStream().map(job -> job.path("id").asString("")))
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(job -> job.path("id").asString("")).toList());
        assertThat(http.get("/v1/predictions?ensemble=" + UUID.randomUUID())
                        .json()
                        .path("total")
                        .asInt(9))
                .isZero();
    }

    @Test
    void leavesTheRankOutOfFileNamesWhileAnotherJobRuns() {
        String name = "ensemble" + UUID.randomUUID();
        CountDownLatch latch = engine.predictor().hold(name + " 1");
        List<JsonNode> jobs = http.post(
                        "/v1/predictions?models=2", "text/x-fasta", ">" + name + "\n" + freshSequence(30))
                .json()
                .path("jobs")
                .valueStream()
                .toList();

        JsonNode first = http.await(address(jobs.getFirst()), "done");
        assertThat(first.path("ensemble").has("rank")).isFalse();
        assertThat(http.get(address(first) + "/structure.pdb").header("Content-Disposition"))
                .contains(name + "_unrelaxed_anfinsen-1_model_1_seed_000.pdb");
        String tag = http.get(address(first) + "/all.zip").header("ETag");
        latch.countDown();
        http.await(address(jobs.getLast()), "done");

        assertThat(http.get(address(first)).json().path("ensemble").path("rank").asInt(0))
                .isEqualTo(2);
        assertThat(http.get(address(first) + "/all.zip").header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void answersARepeatedKeyWithTheSameEnsembleAndRanksEachRecordByItself() {
        String body = ">a\n" + freshSequence(30) + "\n>b\n" + freshSequence(30);
        String key = UUID.randomUUID().toString();
        String path = "/v1/predictions?models=2&seed=5";
        JsonNode first =
                http.post(path, "text/plain", body, "Idempotency-Key", key).json();
        Http.Answer second = http.post(path, "text/plain", body, "Idempotency-Key", key);
        Http.Answer other = http.post("/v1/predictions?seed=5", "text/plain", body, "Idempotency-Key", key);

        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(ensembles(second.json())).isEqualTo(ensembles(first));
        assertThat(ensembles(first)).hasSize(4).doesNotContain("");
        assertThat(ensembles(first).get(0))
                .isEqualTo(ensembles(first).get(1))
                .isNotEqualTo(ensembles(first).get(2));
        assertThat(first.path("jobs").valueStream().map(job -> job.path("seed").asInt(0)))
                .containsExactly(5, 6, 5, 6);
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void refusesMoreThanFiveAndNamesTheUnknownModel() {
        String sequence = freshSequence(30);
        for (String models : List.of("0", "6", "x", "-1")) {
            Http.Answer answer = http.post("/v1/predictions?models=" + models, "text/plain", ">a\n" + sequence);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asString(""))
                    .isEqualTo("models");
            assertThat(answer.json().path("errors").path(0).path("remedy").asString(""))
                    .isEqualTo("Give a whole number from 1 to 5");
        }
        JsonNode errors = http.post(
                        "/v1/predictions",
                        "application/json",
                        "{\"sequence\": \"" + sequence + "\", \"model\": \"anfinsen-1,nonesuch\", \"models\": 3}")
                .json()
                .path("errors");
        assertThat(errors.valueStream().map(error -> error.path("code").asString("")))
                .containsExactly("unknown-model", "out-of-range");
        assertThat(errors.path(0).path("found").asString("")).isEqualTo("there is no model 'nonesuch'");
        assertThat(errors.path(1).path("found").asString("")).isEqualTo("2 models with 3 predictions each");
        assertThat(http.get("/v1/predictions?ensemble=x").status()).isEqualTo(400);
    }

    @Test
    void describesEnsemblesInOpenApi() {
        JsonNode schemas = http.get("/v1/openapi").json().path("components").path("schemas");

        JsonNode model = schemas.path("PredictionRequest").path("properties").path("model");
        assertThat(model.path("type").asString("")).isEqualTo("string");
        assertThat(schemas.path("Ensemble").path("properties").propertyNames()).containsExactly("id", "size", "rank");
        assertThat(schemas.path("Job").path("properties").has("ensemble")).isTrue();
    }

    private static String address(JsonNode job) {
        return "/v1/predictions/" + job.path("id").asString("");
    }

    private static String ensemble(JsonNode job) {
        return job.path("ensemble").path("id").asString("");
    }

    private static List<String> ensembles(JsonNode answer) {
        return answer.path("jobs").valueStream().map(EnsemblesIT::ensemble).toList();
    }

    private List<String> entries(String archive) throws IOException {
        byte[] bytes = http.get(archive).response().body();
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
