package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipInputStream;
import org.anfinsen.pipeline.artifact.TorsionTable;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** FASTA in, files out: over HTTP, with PostgreSQL and the default network. */
class EndToEndIT extends NetworkServiceTest {

    @Test
    void predictsAStructureFromAFastaOverHttp() throws IOException {
        assertThat(http.get("/actuator/info")
                        .json()
                        .path("engine")
                        .path("runtime")
                        .asString(""))
                .startsWith("ONNX Runtime ");
        String job = http.submit("villin", VILLIN);
        JsonNode done = http.await(job, "done");
        assertThat(done.path("result").path("model").asString("")).isEqualTo("anfinsen-1");
        assertThat(done.path("result").path("mean_plddt").asDouble(0)).isBetween(1.0, 100.0);

        ProteinStructure pdb = StructureReader.read(
                        "structure.pdb",
                        http.get(job + "/structure.pdb").response().body())
                .getFirst();
        assertThat(pdb.sequence().residues()).isEqualTo(VILLIN);
        ProteinStructure cif = StructureReader.read(
                        "structure.cif",
                        http.get(job + "/structure.cif").response().body())
                .getFirst();
        assertThat(cif.sequence().residues()).isEqualTo(VILLIN);
        assertTorsionsAreThoseOf(pdb, http.get(job + "/torsions.json").json());
        assertPairsSumToOne(http.get(job + "/distogram.npz").response().body());
        JsonNode scores = http.get(job + "/scores.json").json();
        assertThat(scores.path("plddt").size()).isEqualTo(VILLIN.length());
        assertThat(scores.path("pae").size()).isEqualTo(VILLIN.length());
        JsonNode quality = http.get(job + "/quality.json").json();
        assertThat(quality.at("/ramachandran/favoured").asInt(0)).isGreaterThan(VILLIN.length() / 2);
        assertThat(quality.at("/clashes/per_1000_atoms").asDouble(1000)).isLessThan(10);
        assertThat(quality.at("/peptides/cis_elsewhere").asInt(-1)).isZero();
        JsonNode secondaryStructure =
                http.get(job + "/secondary_structure.json").json();
        assertThat(secondaryStructure.path("states").asString("")).matches("[HEC]{" + VILLIN.length() + "}");
        assertThat(secondaryStructure.path("helix").size()).isEqualTo(VILLIN.length());
        assertThat(done.path("files").toString()).contains("secondary_structure.csv");
    }

    private static void assertTorsionsAreThoseOf(ProteinStructure pdb, JsonNode torsions) {
        TorsionTable measured = TorsionTable.of(pdb.sequence(), pdb.positions());
        assertThat(torsions.path("unit").asString("")).isEqualTo("degrees");
        int compared = 0;
        for (String angle : TorsionTable.ANGLES) {
            for (int i = 0; i < VILLIN.length(); i++) {
                JsonNode value = torsions.path(angle).path(i);
                if (!value.isNull()) {
                    double difference =
                            value.asDouble(0) - measured.degrees(i, angle).orElseThrow();
                    assertThat(Math.IEEEremainder(difference, 360))
                            .as("%s of residue %d", angle, i + 1)
                            .isCloseTo(0, within(1.0));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(4 * VILLIN.length());
    }

    private static void assertPairsSumToOne(byte[] npz) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            zip.getNextEntry();
            ByteBuffer npy = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            npy.position(10 + npy.getShort(8));
            for (int pair = 0; pair < VILLIN.length() * VILLIN.length(); pair++) {
                float sum = 0;
                for (int b = 0; b < 64; b++) {
                    sum += Float.float16ToFloat(npy.getShort());
                }
                assertThat(sum).isCloseTo(1, within(2e-3f));
            }
            assertThat(npy.hasRemaining()).isFalse();
        }
    }
}
