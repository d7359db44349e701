package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.FoldedChain;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.pipeline.confidence.PredictedAlignedError;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.pipeline.feature.AnalysedAlignment;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArtifactWriterTest {

    private static final ProteinSequence SEQUENCE = new ProteinSequence("four", "KGAV");
    private static final int N_RES = SEQUENCE.length();
    private static final ModelCard CARD = new ModelCard(
            "tiny",
            "1",
            Instant.EPOCH,
            "a model of this test",
            "CC0-1.0",
            "0".repeat(64),
            Precision.FP32,
            0,
            ModelCard.Features.ALPHAFOLD,
            null,
            Map.of(),
            Map.of());

    /** Residues 3.8 Å apart, extended, of a model with or without the heads that AlphaFold's models may lack. */
    static List<Artifact> artifacts(boolean heads) {
        List<RigidFrame> frames = new ArrayList<>();
        float[] sinCos = new float[N_RES * 7 * 2];
        for (int i = 0; i < N_RES; i++) {
            frames.add(new RigidFrame(Rotation.IDENTITY, new Vector3(3.8 * i, 0, 0)));
        }
        for (int k = 1; k < sinCos.length; k += 2) {
            sinCos[k] = 1;
        }
        AtomPositions positions = AllAtomCoordinates.compute(SEQUENCE, frames, sinCos);
        FoldedChain chain = new FoldedChain(
                SEQUENCE,
                positions,
                Plddt.ofLogits(FloatTensor.zeros(N_RES, 50)),
                heads
                        ? Optional.of(PredictedAlignedError.ofLogits(FloatTensor.zeros(N_RES, N_RES, 64)))
                        : Optional.empty(),
                Distogram.ofLogits(FloatTensor.zeros(N_RES, N_RES, 64)),
                heads ? Optional.of(SecondaryStructure.ofLogits(FloatTensor.zeros(N_RES, 3))) : Optional.empty(),
                1,
                false);
        NewPrediction request = new NewPrediction(
                SEQUENCE,
                null,
                new PredictionOptions("tiny", "", 0, 0, PredictionOptions.AlignmentSource.SINGLE_SEQUENCE),
                List.of());
        AnalysedAlignment alignment = AnalysedAlignment.of(Alignment.ofQuery(SEQUENCE));
        return new ArtifactWriter("test").write(chain, alignment, request, CARD);
    }

    @Test
    void saysHowSoundTheGeometryIs() {
        byte[] content = artifacts(true).stream()
                .filter(artifact -> artifact.name().equals("quality.json"))
                .findFirst()
                .orElseThrow()
                .content();
        JsonNode quality = JsonMapper.builder().build().readTree(content);
        // All frames are turned the same way, which leaves no peptide bond its length, and all torsions are 0.
        assertThat(quality.at("/bonds/chain_breaks").asInt()).isZero();
        assertThat(quality.at("/bonds/outliers").asInt()).isEqualTo(N_RES - 1);
        assertThat(quality.at("/ramachandran/favoured").asInt()).isZero();
        assertThat(quality.at("/ramachandran/outliers").size()).isEqualTo(N_RES - 2);
        assertThat(quality.at("/clashes/per_1000_atoms").asDouble())
                .isEqualTo(1000.0 * quality.at("/clashes/count").asInt() / 25, within(1e-3));
    }

    private static List<String> names(boolean heads) {
        return artifacts(heads).stream().map(Artifact::name).toList();
    }

    @Test
    void writesTheSameBytesWhenever() throws InterruptedException {
        List<Artifact> first = artifacts(true);
        // Times in a format of files, such as zip's, have two seconds at the finest.
        Thread.sleep(2100);
        List<Artifact> second = artifacts(true);

        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).name();
            assertThat(second.get(i).content()).as(name).isEqualTo(first.get(i).content());
        }
    }

    @Test
    void writesTheFilesOfEveryHeadOfTheModel() {
        assertThat(names(true))
                .contains("structure.pdb", "pae.json", "secondary_structure.csv", "secondary_structure.json");
    }

    @Test
    void leavesOutTheFilesOfHeadsThatTheModelLacks() {
        assertThat(names(false))
                .contains("structure.pdb", "structure.cif", "distogram.npz", "torsions.csv", "scores.json")
                .noneMatch(name -> name.contains("pae") || name.contains("secondary_structure"));
    }
}
