package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anfinsen.service.Http;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.Quaternion;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A prediction against a structure that is sent, and against another prediction. */
final class ComparisonIT extends NetworkServiceTest {

    private static final RigidFrame MOTION =
            new RigidFrame(Rotation.ofQuaternion(new Quaternion(0.3, -0.5, 0.7, 0.2)), new Vector3(11, -7, 23));

    private String job = "";
    private ProteinStructure predicted;

    @BeforeEach
    void predict() throws IOException {
        job = http.submit("villin", VILLIN);
        http.await(job, "done");
        predicted = StructureReader.read(
                        "structure.pdb",
                        http.get(job + "/structure.pdb").response().body())
                .getFirst();
    }

    private static String pdb(ProteinStructure structure) {
        return String.join("\n", PdbWriter.atoms(structure)) + "\nEND\n";
    }

    @Test
    void scoresAMovedCopyAsPerfectAndMovesItBack() throws IOException {
        Http.Answer answer = http.post(job + "/comparison", "chemical/x-pdb", pdb(predicted.moved(MOTION)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode scores = answer.json();
        assertThat(scores.path("rmsd").asDouble(9)).isLessThan(0.01);
        for (String score : List.of("gdt_ts", "gdt_ha", "tm_score", "lddt", "lddt_all_atoms")) {
            assertThat(scores.path(score).asDouble(0)).as(score).isCloseTo(1, within(0.001));
        }
        assertThat(scores.path("residues_compared").asInt(0)).isEqualTo(VILLIN.length());
        assertThat(scores.path("native_chain").asString("")).isEqualTo("A");
        ProteinStructure back = StructureReader.read(
                        "native", scores.path("native_pdb").asString("").getBytes(StandardCharsets.UTF_8))
                .getFirst();
        for (int i = 0; i < predicted.length(); i++) {
            Vector3 moved = MOTION.apply(predicted.positions().at(i, Atom.CA));
            Vector3 there = predicted.positions().at(i, Atom.CA);
            assertThat(back.positions().at(i, Atom.CA).minus(there).norm()).isLessThan(0.05);
            assertThat(apply(scores.path("superposition"), there).minus(moved).norm())
                    .isLessThan(0.05);
        }
    }

    private static Vector3 apply(JsonNode motion, Vector3 v) {
        JsonNode r = motion.path("rotation");
        JsonNode t = motion.path("translation_angstrom");
        double[] moved = new double[3];
        for (int row = 0; row < 3; row++) {
            moved[row] = r.path(row).path(0).asDouble(0) * v.x()
                    + r.path(row).path(1).asDouble(0) * v.y()
                    + r.path(row).path(2).asDouble(0) * v.z()
                    + t.path(row).asDouble(0);
        }
        return new Vector3(moved[0], moved[1], moved[2]);
    }

    @Test
    void readsMmCif() {
        String cif = http.get(job + "/structure.cif").text();
        Http.Answer answer = http.post(job + "/comparison", "chemical/x-mmcif", cif);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("tm_score").asDouble(0)).isCloseTo(1, within(0.001));
    }

    @Test
    void comparesTwoPredictions() {
        String other = http.submit("villin-without-ends", VILLIN.substring(2, 33));
        String id = other.substring(other.lastIndexOf('/') + 1);
        http.await(other, "done");

        JsonNode scores = http.get(job + "/comparison?other=" + id).json();
        assertThat(scores.path("model_length").asInt(0)).isEqualTo(35);
        assertThat(scores.path("native_length").asInt(0)).isEqualTo(31);
        assertThat(scores.path("matched_by").asString("")).isEqualTo("alignment of the sequences");
        assertThat(scores.path("tm_score").asDouble(0)).isBetween(0.01, 1.0);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertProblem("this is no structure", "", "invalid-structure", 400);
        assertProblem(pdb(predicted), "?chain=B", "invalid-structure", 400);
        assertProblem(pdb(predicted.select(3, 4)), "", "invalid-structure", 400);
        assertProblem("\u001f\u008b", "", "invalid-structure", 400);
        assertThat(http.post(
                                "/v1/predictions/00000000-0000-7000-8000-000000000000/comparison",
                                "chemical/x-pdb",
                                pdb(predicted))
                        .status())
                .isEqualTo(404);
        assertThat(http.get(job + "/comparison").status()).isEqualTo(400);
    }

    private void assertProblem(String body, String query, String code, int status) {
        Http.Answer answer =
                http.post(job + "/comparison" + query, "chemical/x-pdb", body.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("type").asString("")).endsWith(code);
    }
}
