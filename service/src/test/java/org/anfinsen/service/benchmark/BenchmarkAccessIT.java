package org.anfinsen.service.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.anfinsen.service.TestPredictor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Whose a benchmark is, what it counts, and what its sender compares it with. */
@TestPropertySource(
        properties = {
            "anfinsen.access.required=true",
            "anfinsen.access.requests-per-minute=100000",
            "anfinsen.data-directory=target/test-data/benchmark-access"
        })
class BenchmarkAccessIT extends ServiceTest {

    private static final String PATH = "/v1/benchmarks";

    @Autowired
    private @Nullable ApiKeys keys;

    private String[] alice = {};
    private String[] bob = {};

    @BeforeEach
    void makeKeys() {
        alice = key(EnumSet.of(Scope.SUBMIT, Scope.READ), 5);
        bob = key(EnumSet.of(Scope.SUBMIT, Scope.READ), 5);
    }

    private String[] key(EnumSet<Scope> scopes, int jobsPerDay) {
        String secret = keys.create("test" + System.nanoTime(), scopes, null, jobsPerDay)
                .secret();
        return new String[] {"Authorization", "Bearer " + secret};
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        String benchmark = submit(alice, "?models=2", zip(2)).header("Location");

        assertThat(http.get(PATH, alice).json().path("benchmarks").size()).isEqualTo(1);
        assertThat(http.get(PATH, bob).json().path("benchmarks").size()).isZero();
        assertThat(http.get(PATH, key(EnumSet.of(Scope.ADMIN), 1)).text()).contains(benchmark.replaceAll(".*/", ""));
        for (String address : new String[] {benchmark, benchmark + "/targets", benchmark + "/report/index.html"}) {
            assertThat(http.get(address, bob).status()).as(address).isEqualTo(404);
        }
        assertThat(http.delete(benchmark, bob).status()).isEqualTo(404);
        assertThat(http.post(benchmark + "/stop", "text/plain", "", bob).status())
                .isEqualTo(404);
        awaitDone(benchmark, alice);
        assertThat(http.get("/v1/predictions", alice).json().path("total").asInt(0))
                .isEqualTo(4);
        assertThat(http.get("/v1/predictions", bob).json().path("total").asInt(-1))
                .isZero();
        assertThat(http.delete(benchmark, alice).status()).isEqualTo(204);
    }

    @Test
    void countsEachOfItsPredictionsOnce() throws IOException {
        Http.Answer tooMany = submit(alice, "?models=3", zip(2));
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.json().path("type").asString("")).isEqualTo("/v1/problems/quota-exceeded");
        assertThat(http.get(PATH, alice).json().path("benchmarks").size()).isZero();

        Http.Answer four = submit(alice, "?models=2", zip(2));
        assertThat(four.status()).as(four.text()).isEqualTo(202);
        awaitDone(four.header("Location"), alice);

        assertThat(submit(alice, "", zip(1)).status()).isEqualTo(202);
        assertThat(submit(alice, "", zip(1)).status()).isEqualTo(429);
    }

    @Test
    void isComparedWithScoresThatCameWithIt() throws IOException {
        Http.Answer answer = form(alice, "method\tdomain\ttm\nother\ttarget0\t0.25\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String benchmark = answer.header("Location");

        awaitDone(benchmark, alice);

        assertThat(http.get(benchmark + "/report/peers.csv", alice).text()).contains("other,target0,0.25,1.0,");
        assertThat(http.get(benchmark + "/report/index.html", alice).text())
                .contains("Other methods", "<td>other</td><td>1</td>");
    }

    @Test
    void saysWhichLineOfTheScoresIsWrong() throws IOException {
        Http.Answer answer = form(alice, "method\tdomain\ttm\nother\ttarget0\tgood\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("line 2", "compare");
    }

    private Http.Answer form(String[] key, String scores) throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "targets", "targets.zip", zip(1));
        part(form, "compare", "scores.tsv", scores.getBytes(StandardCharsets.UTF_8));
        form.write("--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return http.post(PATH, "multipart/form-data; boundary=x", form.toByteArray(), key);
    }

    private static void part(ByteArrayOutputStream form, String name, String file, byte[] content) throws IOException {
        form.write(("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.write(content);
        form.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private Http.Answer submit(String[] key, String query, byte[] zip) {
        return http.post(PATH + query, "application/zip", zip, key);
    }

    private void awaitDone(String benchmark, String... key) {
        for (int tries = 0; tries < 600; tries++) {
            if (http.get(benchmark, key).json().path("state").asString("").equals("done")) {
                return;
            }
            pause();
        }
        throw new AssertionError("not done: " + http.get(benchmark, key).text());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Targets whose natives are what the tests' predictor predicts. */
    private static byte[] zip(int targets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < targets; i++) {
                String residues = freshSequence(30);
                zip.putNextEntry(new ZipEntry("target" + i + ".fasta"));
                zip.write((">target" + i + "\n" + residues + "\n").getBytes(StandardCharsets.UTF_8));
                zip.putNextEntry(new ZipEntry("target" + i + ".pdb"));
                zip.write(TestPredictor.structure(residues).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
