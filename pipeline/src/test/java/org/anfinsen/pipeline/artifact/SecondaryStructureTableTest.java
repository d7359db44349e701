package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SecondaryStructureTableTest {

    private static final ProteinSequence SEQUENCE = new ProteinSequence("pair", "KG");

    /** A lysine that is likely helix, a glycine that is surely strand. */
    private static SecondaryStructureTable table() {
        float[] logits = {(float) Math.log(1), (float) Math.log(7), (float) Math.log(2), 0, 0, 100};
        return new SecondaryStructureTable(SEQUENCE, SecondaryStructure.ofLogits(FloatTensor.of(logits, 2, 3)));
    }

    @Test
    void givesOneLineForEachResidueNumberedFromOne() {
        assertThat(new String(table().csv(), StandardCharsets.US_ASCII))
                .isEqualTo("residue_number,residue,state,helix,strand,coil\n"
                        + "1,LYS,H,0.7000,0.2000,0.1000\n"
                        + "2,GLY,E,0.0000,1.0000,0.0000\n");
    }

    @Test
    void givesTheSameNumbersAsJson() {
        JsonNode json = JsonMapper.builder().build().readTree(table().json());
        assertThat(json.path("states").asString("")).isEqualTo("HE");
        assertThat(json.path("residue_number").get(1).asInt()).isEqualTo(2);
        assertThat(json.path("residue").get(0).asString("")).isEqualTo("LYS");
        assertThat(json.path("helix").get(0).asDouble()).isEqualTo(0.7);
        assertThat(json.path("strand").get(0).asDouble()).isEqualTo(0.2);
        assertThat(json.path("coil").get(1).asDouble()).isZero();
    }

    @Test
    void refusesAPredictionOfAnotherLength() {
        SecondaryStructure one = SecondaryStructure.ofLogits(FloatTensor.zeros(1, 3));
        assertThatThrownBy(() -> new SecondaryStructureTable(SEQUENCE, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 residues, 1 of them predicted");
    }
}
