package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.anfinsen.service.TestEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each kind of bad input and the answer it gets. */
final class InvalidInputIT extends ServiceTest {

    private static final String GOOD = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    /**
     * A body that is refused.
     *
     * @param status  of the answer
     * @param problem code of the problem
     * @param code    of the first error; null if there are none
     * @param line    of the first error; 0 if it has none
     * @param column  of the first error; 0 if it has none
     * @param remedy  a part of the first error's remedy
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Refused(
            String title,
            String path,
            String contentType,
            byte[] body,
            int status,
            String problem,
            @Nullable String code,
            int line,
            int column,
            String remedy) {

        static Refused fasta(String title, String body, String code, int line, int column, String remedy) {
            return new Refused(
                    title, "", "text/x-fasta", bytes(body), 400, "invalid-input", code, line, column, remedy);
        }

        static Refused json(String title, String body, String problem, String code, String remedy) {
            return new Refused(title, "", "application/json", bytes(body), 400, problem, code, 0, 0, remedy);
        }

        Refused with(String query) {
            return new Refused(title, query, contentType, body, status, "invalid-option", code, line, column, remedy);
        }

        @Override
        public String toString() {
            return title;
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    static Stream<Refused> refused() {
        byte[] binary = new byte[4000];
        new Random(1).nextBytes(binary);
        byte[] program = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0};
        return Stream.of(
                Refused.fasta("nothing at all", "", "empty-input", 0, 0, "FASTA"),
                Refused.fasta("only blanks", " \n\n", "empty-input", 0, 0, "FASTA"),
                Refused.fasta("a header alone", ">a\n", "record-without-sequence", 1, 0, "residues"),
                Refused.fasta("gaps", ">a\nMKT-AYIAK\n", "gap-in-sequence", 2, 4, "A3M"),
                Refused.fasta("digits", ">a\nMKTAY\nIAK10QRQ\n", "digit-in-sequence", 3, 4, "position numbers"),
                Refused.fasta("B", ">a\nMKTBAYIAK\n", "ambiguous-residue", 2, 4, "D or N"),
                Refused.fasta("Z", ">a\nMKTAYZIAK\n", "ambiguous-residue", 2, 6, "E or Q"),
                Refused.fasta("J", ">a\nJMKTAYIAK\n", "ambiguous-residue", 2, 1, "I or L"),
                Refused.fasta("* inside", ">a\nMKT*AYIAK\n", "stop-inside-sequence", 2, 4, "stop"),
                Refused.fasta("nothing but X", ">a\nXXXXXXXX\n", "only-unknown-residues", 1, 0, "residues"),
                Refused.fasta(
                        "a punctuation mark", ">a\nMKT?AYIAK\n", "invalid-character", 2, 4, "ACDEFGHIKLMNPQRSTVWY"),
                Refused.fasta("DNA", ">gene\nATGGCTAGCTAGCTAGCATCGATCG\n", "nucleotide-sequence", 1, 0, "Translate"),
                Refused.fasta("too long", ">a\n" + "MKTAYIAKQR".repeat(21), "sequence-too-long", 1, 0, "domains"),
                Refused.fasta(
                        "two records of one name", ">a\n" + GOOD + "\n>a\n" + GOOD, "duplicate-name", 3, 0, "name"),
                Refused.fasta(
                        "too many records",
                        String.join(
                                "",
                                Stream.iterate(1, i -> i + 1)
                                        .limit(11)
                                        .map(i -> ">s" + i + "\n" + GOOD + "\n")
                                        .toList()),
                        "too-many-records",
                        21,
                        0,
                        "fewer"),
                Refused.fasta("a complex", ">a\nMKTAY:IAKQR\n", "chain-separator", 2, 6, "record"),
                Refused.fasta("a PDB file", "HEADER    HYDROLASE\nATOM      1\n", "wrong-format", 0, 0, ">name"),
                new Refused("noise", "", "text/x-fasta", binary, 400, "invalid-input", "not-utf8", 1, 2, "UTF-8"),
                new Refused("a program", "", "text/x-fasta", program, 400, "invalid-input", "not-text", 1, 1, "text"),
                new Refused(
                        "A3M with a short row",
                        "",
                        "text/x-a3m",
                        Refused.bytes(">q\nMKTAYIAK\n>h\nMKT-YIA\n"),
                        400,
                        "invalid-input",
                        "unequal-length",
                        3,
                        0,
                        ""),
                new Refused(
                        "A3M with an insertion in the query",
                        "",
                        "text/x-a3m",
                        Refused.bytes(">q\nMKTaYIAK\n>h\nMKTYIAK\n"),
                        400,
                        "invalid-input",
                        "insertion-in-query",
                        1,
                        0,
                        ""),
                new Refused("an image", "", "image/png", binary, 415, "unsupported-media-type", null, 0, 0, ""),
                Refused.json("half a JSON", "{\"sequence\": \"MKT", "malformed-json", "malformed-json", "JSON"),
                Refused.json("a JSON array", "[1]", "malformed-json", "malformed-json", "JSON"),
                Refused.json(
                        "a misspelt field",
                        "{\"sequence\": \"MKTAY\", \"recycle\": 3}",
                        "malformed-json",
                        "unknown-field",
                        "recycles"),
                Refused.json(
                        "a number as a string",
                        "{\"sequence\": \"MKTAY\", \"recycles\": \"3\"}",
                        "malformed-json",
                        "wrong-type",
                        "whole"),
                Refused.json("no sequence", "{\"name\": \"a\"}", "invalid-input", "missing-sequence", "Send one"),
                Refused.json(
                        "an unknown model",
                        "{\"sequence\": \"" + GOOD + "\", \"model\": \"alphafold9\"}",
                        "invalid-option",
                        "unknown-model",
                        "anfinsen-1"),
                Refused.json(
                        "negative recycles",
                        "{\"sequence\": \"" + GOOD + "\", \"recycles\": -1}",
                        "invalid-option",
                        "out-of-range",
                        "0 to 48"),
                Refused.json(
                        "a sequence that is not the alignment's",
                        "{\"sequence\": \"MKTAYIAW\", \"msa\": \">q\\nMKTAYIAK\\n\"}",
                        "invalid-input",
                        "query-differs",
                        "first"),
                Refused.fasta("an unknown model in the query", ">a\n" + GOOD, "unknown-model", 0, 0, "anfinsen-1")
                        .with("?model=nonesuch"),
                Refused.fasta("recycles that are no number", ">a\n" + GOOD, "out-of-range", 0, 0, "0 to 48")
                        .with("?recycles=many"),
                Refused.fasta("a seed below zero", ">a\n" + GOOD, "out-of-range", 0, 0, "2147483647")
                        .with("?seed=-5"),
                Refused.fasta("an unknown template library", ">a\n" + GOOD, "unknown-templates", 0, 0, "templates add")
                        .with("?templates=pdb"),
                Refused.fasta("a limit for no templates", ">a\n" + GOOD, "no-templates", 0, 0, "Name a library")
                        .with("?max_template_date=2020-05-14"),
                Refused.fasta("a date that is none", ">a\n" + GOOD, "out-of-range", 0, 0, "2020-05-14")
                        .with("?templates=pdb&max_template_date=2020-13-01"),
                Refused.fasta("an identity above one", ">a\n" + GOOD, "out-of-range", 0, 0, "0 to 1")
                        .with("?templates=pdb&max_template_identity=30"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithThePlaceAndTheRemedy(Refused input) {
        Http.Answer answer = http.post("/v1/predictions" + input.path, input.contentType, input.body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(input.status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asString("")).isEqualTo("/v1/problems/" + input.problem);
        assertThat(problem.path("status").asInt(0)).isEqualTo(input.status);
        assertThat(problem.path("title").asString("")).isNotBlank();
        assertThat(problem.path("detail").asString("")).isNotBlank();
        if (input.code == null) {
            assertThat(problem.has("errors")).isFalse();
            return;
        }
        JsonNode error = problem.path("errors").path(0);
        assertThat(error.path("code").asString("")).isEqualTo(input.code);
        assertThat(error.path("found").asString("")).isNotBlank();
        assertThat(error.path("remedy").asString("")).contains(input.remedy);
        if (!input.problem.equals("malformed-json")) {
            assertThat(error.path("line").asInt(0)).as("line").isEqualTo(input.line);
            assertThat(error.path("column").asInt(0)).as("column").isEqualTo(input.column);
        }
    }

    @Test
    void namesTheFaultsOfAllRecordsTogether() {
        JsonNode errors = http.post("/v1/predictions", "text/x-fasta", ">a\nMK1T\n>b\nMK-T\n>c\n" + GOOD)
                .json()
                .path("errors");

        assertThat(errors).hasSize(2);
        assertThat(errors.path(0).path("name").asString("")).isEqualTo("a");
        assertThat(errors.path(1).path("record").asInt(0)).isEqualTo(2);
        assertThat(errors.path(1).path("name").asString("")).isEqualTo("b");
    }

    @Test
    void namesFaultsOfOptionsAndSequencesTogether() {
        JsonNode errors = http.post("/v1/predictions?recycles=99&model=x", "text/plain", ">a\nMK1T\n")
                .json()
                .path("errors");

        assertThat(errors.valueStream().map(error -> error.path("code").asString("")))
                .containsExactly("digit-in-sequence", "unknown-model", "out-of-range");
    }

    @Test
    void refusesAChainThatDoesNotFitIntoMemory() {
        String body = ">small\n" + GOOD + "\n>large\n" + "A".repeat(TestEngine.LARGEST + 1) + "\n";
        JsonNode errors =
                http.post("/v1/predictions", "text/x-fasta", body).json().path("errors");

        assertThat(errors).hasSize(1);
        assertThat(errors.path(0).path("code").asString("")).isEqualTo("not-enough-memory");
        assertThat(errors.path(0).path("name").asString("")).isEqualTo("large");
        assertThat(errors.path(0).path("found").asString("")).contains("191 residues");
    }

    @Test
    void saysWhatWasNormalised() {
        String body = ">a\n" + freshSequence(30).toLowerCase(java.util.Locale.ROOT) + " ux\nO*\n";
        JsonNode job = http.post("/v1/predictions", "text/x-fasta", body).json();

        List<String> notes =
                job.path("notes").valueStream().map(note -> note.asString("")).toList();
        assertThat(String.join("\n", notes))
                .contains("lower-case")
                .contains("blanks")
                .contains("trailing *")
                .contains("U (selenocysteine) predicted as C")
                .contains("O (pyrrolysine) predicted as K")
                .contains("unknown residues X");
        assertThat(job.path("sequence").asString("")).endsWith("CXK");
    }

    @Test
    void refusesTenMegabytesOfRubbishBeforeReadingThem() {
        byte[] rubbish = new byte[10_000_000];
        Arrays.fill(rubbish, (byte) 'A');

        Http.Answer answer = http.post("/v1/predictions", "text/x-fasta", rubbish);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/body-too-large");
        assertThat(answer.json().path("limit_bytes").asLong(0)).isEqualTo(1 << 20);
    }

    @Test
    void refusesABodyOfUnknownLengthOnceItIsTooLong() {
        byte[] piece = new byte[100_000];
        Arrays.fill(piece, (byte) 'A');
        HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers.ofByteArrays(
                Stream.generate(() -> piece).limit(20).toList());

        Http.Answer answer = http.post("/v1/predictions", chunked, "Content-Type", "text/x-fasta");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void refusesAMultipartBodyThatIsTooLarge() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.fasta\"\r\n\r\n"
                + "A".repeat(2_000_000) + "\r\n--b--\r\n";

        Http.Answer answer = http.post("/v1/predictions", "multipart/form-data; boundary=b", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/body-too-large");
    }

    @Test
    void refusesACompressedBody() {
        Http.Answer answer = http.post("/v1/predictions", "text/x-fasta", ">a\nMKT", "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void refusesAMultipartBodyWithoutAFile() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"seed\"\r\n\r\n1\r\n--b--\r\n";

        Http.Answer answer = http.post("/v1/predictions", "multipart/form-data; boundary=b", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/malformed-multipart");
    }

    @Test
    void answersAnUnknownPathWithAProblem() {
        Http.Answer answer = http.get("/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/not-found");
    }

    @Test
    void answersAWrongMethodWithAProblem() {
        Http.Answer answer = http.post("/v1/models", "text/plain", "x");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.json().path("type").asString("")).isEqualTo("/v1/problems/method-not-allowed");
    }

    @Test
    void answersAnIdThatIsNoneWithAProblem() {
        Http.Answer answer = http.get("/v1/predictions/42");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asString(""))
                .isEqualTo("id");
    }

    @Test
    void describesEveryProblemUnderItsType() {
        for (JsonNode problem : http.get("/v1/problems").json()) {
            JsonNode described = http.get("/v1/problems/" + problem.path("code").asString(""))
                    .json();
            assertThat(described).isEqualTo(problem);
        }
    }
}
