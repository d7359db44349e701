package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Submitting, following, listing, cancelling and removing jobs. */
final class PredictionsIT extends ServiceTest {

    @Test
    void acceptsAFastaAndFinishesTheJob() {
        String sequence = freshSequence(40);
        Http.Answer accepted =
                http.post("/v1/predictions?recycles=2&seed=7", "text/x-fasta", ">crambin plant protein\n" + sequence);

        assertThat(accepted.status()).isEqualTo(202);
        JsonNode job = accepted.json();
        assertThat(accepted.header("Location"))
                .isEqualTo("/v1/predictions/" + job.path("id").asString(""));
        assertThat(job.path("name").asString("")).isEqualTo("crambin");
        assertThat(job.path("sequence").asString("")).isEqualTo(sequence);
        assertThat(job.path("length").asInt(0)).isEqualTo(40);
        assertThat(job.path("recycles").asInt(0)).isEqualTo(2);
        assertThat(job.path("seed").asInt(0)).isEqualTo(7);
        assertThat(job.path("alignment").asString("")).isEqualTo("single_sequence");

        JsonNode done = http.await(accepted.header("Location"), "done");
        assertThat(done.path("result").path("mean_plddt").asDouble(0)).isEqualTo(71.5);
        assertThat(done.path("result").path("cycles").asInt(0)).isEqualTo(3);
        assertThat(done.path("stage_millis").propertyNames())
                .contains("queued", "searching", "featurising", "predicting", "writing");
        assertThat(done.path("files")).hasSize(11);
        assertThat(done.path("links").path("archive").asString("")).endsWith("/all.zip");
        assertThat(done.path("attempt").asInt(0)).isEqualTo(1);
    }

    @Test
    void acceptsTheOptionsInJson() {
        JsonNode job = http.post(
                        "/v1/predictions",
                        "application/json",
                        "{\"name\": \"my protein\", \"sequence\": \"" + freshSequence(30)
                                + "\", \"recycles\": 0, \"seed\": 3, \"model\": \"anfinsen-1\"}")
                .json();

        assertThat(job.path("name").asString("")).isEqualTo("my protein");
        assertThat(job.path("recycles").asInt(9)).isZero();
        assertThat(job.path("notes")).isEmpty();
    }

    @Test
    void takesTheQueryFromAnAlignment() {
        String query = freshSequence(30);
        Http.Answer answer = http.post(
                "/v1/predictions", "text/x-a3m", ">target\n" + query + "\n>h\n" + query.substring(0, 29) + "-\n");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("name").asString("")).isEqualTo("target");
        assertThat(answer.json().path("alignment").asString("")).isEqualTo("supplied");
        assertThat(answer.json().path("sequence").asString("")).isEqualTo(query);
    }

    @Test
    void acceptsAnAlignmentInJson() {
        String query = freshSequence(30);
        Http.Answer answer = http.post(
                "/v1/predictions",
                "application/json",
                "{\"name\": \"n\", \"sequence\": \"" + query + "\", \"msa\": \">q\\n" + query + "\\n\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("name").asString("")).isEqualTo("n");
        assertThat(answer.json().path("alignment").asString("")).isEqualTo("supplied");
    }

    @Test
    void makesAJobOfEachRecordAndEachFile() {
        String a = freshSequence(30);
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"two.fasta\"\r\n\r\n>one\n"
                + freshSequence(30) + "\n>two\n" + freshSequence(31)
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"three.a3m\"\r\n\r\n>three\n" + a
                + "\n\r\n--b\r\nContent-Disposition: form-data; name=\"seed\"\r\n\r\n5\r\n--b--\r\n";

        Http.Answer answer = http.post("/v1/predictions", "multipart/form-data; boundary=b", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/v1/predictions");
        JsonNode jobs = answer.json().path("jobs");
        assertThat(jobs.valueStream().map(job -> job.path("name").asString(""))).containsExactly("one", "two", "three");
        assertThat(jobs.path(2).path("alignment").asString("")).isEqualTo("supplied");
        assertThat(jobs.path(0).path("seed").asInt(0)).isEqualTo(5);
    }

    @Test
    void answersARepeatedKeyWithTheSameJob() {
        String body = ">a\n" + freshSequence(30);
        String key = UUID.randomUUID().toString();
        Http.Answer first = http.post("/v1/predictions", "text/plain", body, "Idempotency-Key", key);
        Http.Answer second = http.post("/v1/predictions", "text/plain", body, "Idempotency-Key", key);
        Http.Answer other =
                http.post("/v1/predictions", "text/plain", ">a\n" + freshSequence(30), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asString("")).isEqualTo("/v1/problems/idempotency-conflict");
    }

    @Test
    void computesTheSameContentOnce() {
        String sequence = freshSequence(35);
        String first = http.submit("original", sequence);
        http.await(first, "done");
        JsonNode second = http.await(http.submit("copy", sequence), "done");

        assertThat(second.path("reused").asBoolean(false)).isTrue();
        assertThat(engine.predictor().runs("copy")).isZero();
        assertThat(http.get(second.path("links").path("self").asString("") + "/structure.pdb")
                        .header("Content-Disposition"))
                .contains("copy_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb");
    }

    @Test
    void saysWhyAJobFailed() {
        JsonNode job = http.await(http.submit("impossible1", freshSequence(30)), "failed");

        assertThat(job.path("failure").path("code").asString("")).isEqualTo("too-large");
        assertThat(job.path("failure").path("category").asString("")).isEqualTo("resources");
        assertThat(job.path("failure").path("message").asString("")).isEqualTo("not enough memory");
    }

    @Test
    void listsByNameAndStateInPages() {
        String name = "list" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 3; i++) {
            http.await(http.submit(name + "_" + i, freshSequence(30)), "done");
        }

        JsonNode page = http.get("/v1/predictions?limit=2&state=done&name=" + name.toUpperCase(java.util.Locale.ROOT))
                .json();
        JsonNode rest =
                http.get("/v1/predictions?limit=2&offset=2&name=" + name).json();

        assertThat(page.path("total").asInt(0)).isEqualTo(3);
        assertThat(page.path("jobs").valueStream().map(job -> job.path("name").asString("")))
                .containsExactly(name + "_2", name + "_1");
        assertThat(rest.path("jobs").path(0).path("name").asString("")).isEqualTo(name + "_0");
        assertThat(http.get("/v1/predictions?limit=2&state=failed&name=" + name)
                        .json()
                        .path("total")
                        .asInt(9))
                .isZero();
    }

    @Test
    void refusesAPageThatIsTooLargeAndAStateThatIsNone() {
        assertThat(http.get("/v1/predictions?limit=100000").status()).isEqualTo(400);
        Http.Answer unknown = http.get("/v1/predictions?size=5&limit=2");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("unknown-parameter", "'size'", "limit, name, offset, state");
        Http.Answer zero = http.get("/v1/predictions?name=a%00b");
        assertThat(zero.status()).isEqualTo(400);
        assertThat(zero.text()).contains("control-character", "\"name\"");
        assertThat(http.get("/v1/predictions?state=sleeping")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("remedy")
                        .asString(""))
                .contains("queued, searching, featurising, predicting, writing, done, failed, cancelled");
    }

    @Test
    void cancelsARunningJobAndRemovesAFinishedOne() {
        CountDownLatch latch = engine.predictor().hold("held1");
        String job = http.submit("held1", freshSequence(30));
        http.await(job, "predicting");

        Http.Answer cancelled = http.delete(job);
        JsonNode ended = http.await(job, "cancelled");
        latch.countDown();

        assertThat(cancelled.status()).isIn(200, 202);
        assertThat(ended.path("finished").asString("")).isNotBlank();
        assertThat(http.delete(job).status()).isEqualTo(204);
        assertThat(http.get(job).status()).isEqualTo(404);
        assertThat(http.delete(job).status()).isEqualTo(404);
    }

    @Test
    void cancelsAQueuedJobAtOnceAndCountsTheQueue() {
        CountDownLatch first = engine.predictor().hold("block1");
        CountDownLatch second = engine.predictor().hold("block2");
        String one = http.submit("block1", freshSequence(30));
        String two = http.submit("block2", freshSequence(30));
        http.await(one, "predicting");
        http.await(two, "predicting");
        String waiting = http.submit("waiting1", freshSequence(30));
        String behind = http.submit("waiting2", freshSequence(30));

        assertThat(http.get(waiting).json().path("queue_position").asInt(0)).isEqualTo(1);
        assertThat(http.get(behind).json().path("queue_position").asInt(0)).isEqualTo(2);
        Http.Answer cancelled = http.delete(waiting);
        first.countDown();
        second.countDown();

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().path("state").asString("")).isEqualTo("cancelled");
        http.await(behind, "done");
        assertThat(engine.predictor().runs("waiting1")).isZero();
    }

    @Test
    void turnsCallersAwayWhenTheQueueIsFull() {
        CountDownLatch first = engine.predictor().hold("full1");
        CountDownLatch second = engine.predictor().hold("full2");
        List<String> jobs = new ArrayList<>();
        jobs.add(http.submit("full1", freshSequence(30)));
        jobs.add(http.submit("full2", freshSequence(30)));
        http.await(jobs.get(0), "predicting");
        http.await(jobs.get(1), "predicting");
        Http.Answer refused = http.get("/v1/models");
        for (int i = 0; i < 100 && refused.status() != 429; i++) {
            refused = http.post("/v1/predictions", "text/x-fasta", ">f" + i + "\n" + freshSequence(20));
            if (refused.status() == 202) {
                jobs.add(refused.header("Location"));
            }
        }
        // From the back, so that no worker takes another one meanwhile.
        jobs.reversed().forEach(http::delete);
        first.countDown();
        second.countDown();

        assertThat(jobs).hasSize(62);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(refused.json().path("type").asString("")).isEqualTo("/v1/problems/queue-full");
        jobs.forEach(job -> http.await(job, "cancelled"));
    }

    @Test
    void finishesTwentyJobsPostedAtOnceAndNoneTwice() throws InterruptedException {
        List<String> addresses = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "twenty" + i;
            callers.add(Thread.ofVirtual().start(() -> addresses.add(http.submit(name, freshSequence(25)))));
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(new HashSet<>(addresses)).hasSize(20);
        for (String address : addresses) {
            JsonNode job = http.await(address, "done");
            assertThat(job.path("attempt").asInt(0)).isEqualTo(1);
            assertThat(engine.predictor().runs(job.path("name").asString(""))).isEqualTo(1);
        }
    }

    @Test
    void showsTheModelsHealthAndWhatItRunsOn() {
        assertThat(http.get("/v1/models")
                        .json()
                        .path("models")
                        .path(0)
                        .path("name")
                        .asString(""))
                .isEqualTo("anfinsen-1");
        assertThat(http.get("/actuator/health").json().path("status").asString(""))
                .isEqualTo("UP");
        assertThat(http.get("/actuator/info")
                        .json()
                        .path("engine")
                        .path("provider")
                        .asString(""))
                .isEqualTo("test");
    }

    @Test
    void sendsSecurityHeadersWithEveryAnswer() {
        for (String path : List.of("/v1/models", "/v1/nothing", "/actuator/health")) {
            Http.Answer answer = http.get(path);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        }
    }

    @Test
    void takesAFastaInJsonAndOptionsOnlyAsItsFields() {
        String body = "{\"sequence\": \">a\\nMKTAYIAKQR\\n>b\\nMKTAYIAKQL\\n\", \"recycles\": 0}";
        JsonNode jobs =
                http.post("/v1/predictions", "application/json", body).json().path("jobs");
        assertThat(jobs.path(0).path("name").asString("")).isEqualTo("a");
        assertThat(jobs.path(1).path("name").asString("")).isEqualTo("b");
        assertThat(jobs.path(1).path("recycles").asInt(-1)).isZero();

        Http.Answer refused = http.post("/v1/predictions?recycles=1", "application/json", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString("")).contains("its fields");
    }

    @Test
    void describesItselfInOpenApi() {
        JsonNode description = http.get("/v1/openapi").json();

        assertThat(description.path("openapi").asString("")).startsWith("3.1");
        JsonNode post = description.path("paths").path("/v1/predictions").path("post");
        assertThat(post.path("requestBody").path("content").propertyNames())
                .startsWith("application/json")
                .contains("text/x-fasta", "text/x-a3m", "multipart/form-data");
        assertThat(post.path("responses").propertyNames())
                .contains("202", "400", "413", "415", "422", "429", "default");
        assertThat(description
                        .path("components")
                        .path("schemas")
                        .path("JobState")
                        .path("enum"))
                .hasSize(PredictionState.values().length);
        assertThat(description
                        .path("components")
                        .path("schemas")
                        .path("Job")
                        .path("properties")
                        .propertyNames())
                .contains("queue_position", "stage_millis");
        assertThat(http.get("/v1/openapi.yaml").text()).startsWith("openapi: 3.1");
    }
}
