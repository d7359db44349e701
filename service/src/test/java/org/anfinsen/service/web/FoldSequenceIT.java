package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.anfinsen.service.Http;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.junit.jupiter.api.Test;

/** The interface of the ESM Metagenomic Atlas. */
final class FoldSequenceIT extends NetworkServiceTest {

    private static final String PATH = "/foldSequence/v1/pdb/";

    @Test
    void answersTheStructureOfTheSequenceInTheBody() throws StructureFormatException {
        // What curl --data sends.
        Http.Answer answer = http.post(PATH, "application/x-www-form-urlencoded", VILLIN);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(StructureReader.read("answer", answer.response().body())
                        .getFirst()
                        .sequence()
                        .residues())
                .isEqualTo(VILLIN);
        assertThat(http.get(answer.header("Location")).json().path("state").asString(""))
                .isEqualTo("done");
    }

    @Test
    void takesAnyContentTypeAndNone() {
        for (String type : new String[] {"text/plain", "application/octet-stream", "application/json"}) {
            assertThat(http.post(PATH, type, VILLIN).text()).as(type).contains("ATOM      1  N   LEU A   1");
        }
        assertThat(http.post("/foldSequence/v1/pdb", "text/plain", VILLIN + "\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesWhatIsNotOneSequence() {
        Http.Answer two = http.post(PATH, "text/plain", ">a\nMKTAYIAKQR\n>b\nMKTAYIAKQRQ\n");
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.json().path("errors").path(0).path("code").asString("")).isEqualTo("too-many-records");
        assertThat(http.post(PATH, "text/plain", "M1").status()).isEqualTo(400);
        assertThat(http.post(PATH, "text/plain", new byte[0]).status()).isEqualTo(400);
        assertThat(http.post(PATH, "text/plain", "A".repeat(1025).getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }
}
