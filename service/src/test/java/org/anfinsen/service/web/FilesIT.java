package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Downloads of results. */
final class FilesIT extends ServiceTest {

    private String job = "";

    @BeforeEach
    void finishAJob() {
        job = http.submit("my:protein", freshSequence(30));
        http.await(job, "done");
    }

    @Test
    void servesAFileWithItsTypeNameAndTag() {
        Http.Answer answer = http.get(job + "/structure.pdb");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("chemical/x-pdb;charset=UTF-8");
        assertThat(answer.header("Content-Disposition"))
                .contains("filename=\"my_protein_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb\"");
        assertThat(answer.text()).startsWith("REMARK my:protein\nATOM  ");
        JsonNode file = http.get(job).json().path("files").path(0);
        assertThat(answer.header("ETag")).isEqualTo("\"" + file.path("sha256").asString("") + "\"");
        assertThat(file.path("bytes").asInt(0)).isEqualTo(answer.response().body().length);
        assertThat(file.path("url").asString("")).isEqualTo(job + "/structure.pdb");
    }

    @Test
    void answersNotModifiedToTheTag() {
        String tag = http.get(job + "/structure.pdb").header("ETag");

        Http.Answer answer = http.get(job + "/structure.pdb", "If-None-Match", tag);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.response().body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(http.get(job + "/structure.pdb", "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void servesRanges() {
        String tag = http.get(job + "/structure.pdb").header("ETag");

        Http.Answer part = http.get(job + "/structure.pdb", "Range", "bytes=7-9", "If-Range", tag);
        Http.Answer end = http.get(job + "/structure.pdb", "Range", "bytes=-5");
        Http.Answer changed = http.get(job + "/structure.pdb", "Range", "bytes=7-9", "If-Range", "\"other\"");
        Http.Answer outside = http.get(job + "/structure.pdb", "Range", "bytes=900000-");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("my:");
        assertThat(part.header("Content-Range")).startsWith("bytes 7-9/");
        assertThat(end.text()).isEqualTo("\nEND\n");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(outside.status()).isEqualTo(416);
    }

    @Test
    void compressesTextUnderATagOfItsOwn() throws IOException {
        Http.Answer plain = http.get(job + "/structure.pdb");
        Http.Answer packed = http.get(job + "/structure.pdb", "Accept-Encoding", "br, gzip");

        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(new GZIPInputStream(
                                new ByteArrayInputStream(packed.response().body()))
                        .readAllBytes())
                .isEqualTo(plain.response().body());
        assertThat(http.get(job + "/distogram.npz", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void servesFilesInFolders() {
        Http.Answer answer = http.get(job + "/features/msa.a3m");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("\"my_protein.a3m\"");
        assertThat(answer.text()).startsWith(">q\nWYMW");
    }

    @Test
    void zipsAllFilesUnderColabFoldsNames() throws IOException {
        Http.Answer answer = http.get(job + "/all.zip");

        assertThat(answer.header("Content-Disposition")).contains("my_protein.result.zip");
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(answer.response().body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(zip.readAllBytes()).isNotEmpty();
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "my_protein_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb",
                        "my_protein_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.cif",
                        "my_protein_scores_rank_001_anfinsen-1_model_1_seed_000.json",
                        "distogram_rank_001_anfinsen-1_model_1_seed_000_my_protein.npz",
                        "my_protein.a3m",
                        "my_protein_coverage.png",
                        "my_protein_coverage.svg",
                        "my_protein_plddt.png",
                        "my_protein_plddt.svg",
                        "my_protein_distogram.png",
                        "my_protein_distogram.svg");
        assertThat(http.get(job + "/all.zip", "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void drawsPlotsWhenTheyAreAskedFor() throws IOException {
        Http.Answer svg = http.get(job + "/plots/plddt.svg");
        assertThat(svg.status()).isEqualTo(200);
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.header("Content-Disposition")).contains("my_protein_plddt.svg");
        assertThat(svg.text()).contains("<svg", "Predicted lDDT per residue");
        assertThat(http.get(job + "/plots/plddt.svg", "If-None-Match", svg.header("ETag"))
                        .status())
                .isEqualTo(304);
        Http.Answer png = http.get(job + "/plots/distogram.png");
        assertThat(ImageIO.read(new ByteArrayInputStream(png.response().body())).getWidth())
                .isGreaterThan(1_000);
        assertThat(png.header("ETag")).isNotEqualTo(svg.header("ETag"));
        assertThat(http.get(job + "/plots/pae.svg").status()).isEqualTo(404);

        JsonNode listed = http.get(job).json().path("files");
        assertThat(listed.valueStream().map(file -> file.path("name").asString("")))
                .contains("structure.pdb", "plots/plddt.png", "plots/distogram.svg");
        listed.forEach(file -> assertThat(file.has("bytes"))
                .as(file.toString())
                .isEqualTo(!file.path("name").asString("").startsWith("plots/")));
    }

    @Test
    void saysWhichFilesThereAre() {
        Http.Answer answer = http.get(job + "/pae.json");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asString(""))
                .contains("structure.pdb", "features/msa.a3m", "plots/plddt.svg");
        assertThat(answer.json().path("state").asString("")).isEqualTo("done");
    }

    @Test
    void saysThatAResultIsNotReady() {
        CountDownLatch latch = engine.predictor().hold("held2");
        String running = http.submit("held2", freshSequence(30));
        http.await(running, "predicting");

        Http.Answer file = http.get(running + "/structure.pdb");
        Http.Answer archive = http.get(running + "/all.zip");
        latch.countDown();

        assertThat(file.status()).isEqualTo(409);
        assertThat(file.json().path("type").asString("")).isEqualTo("/v1/problems/not-ready");
        assertThat(file.json().path("state").asString("")).isEqualTo("predicting");
        assertThat(file.header("Retry-After")).isNotBlank();
        assertThat(archive.status()).isEqualTo(409);
    }

    @Test
    void saysThatAFailedJobHasNoResult() {
        String failed = http.submit("impossible2", freshSequence(30));
        http.await(failed, "failed");

        Http.Answer answer = http.get(failed + "/structure.pdb");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/no-result");
        assertThat(answer.json().path("detail").asString("")).contains("not enough memory");
    }
}
