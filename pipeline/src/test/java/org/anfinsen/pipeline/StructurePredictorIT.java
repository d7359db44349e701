package org.anfinsen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.network.model.ModelRegistry;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.pipeline.artifact.ResultPlots;
import org.anfinsen.pipeline.artifact.TorsionTable;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.search.Searches;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.BondFigures;
import org.anfinsen.structure.score.StructureQuality;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default network on a real protein, from the sequence to the files. */
class StructurePredictorIT {

    /** The engrailed homeodomain, three helices. */
    private static final ProteinSequence HOMEODOMAIN =
            new ProteinSequence("1ENH", "RPRTAFSSEQLARLKREFNENRYLTERRRQQLSSELGLNEAQIKIWFQNKRAKI");

    @TempDir
    private static Path directory;

    private static WarmModels models;
    private static DatabaseSearch search;
    private static TemplateSearch templates;
    private static PredictionResult result;
    private static Map<String, Artifact> artifacts;
    private static final List<PredictionState> STAGES = new ArrayList<>();
    private static final List<PredictionProgress> PASSES = new ArrayList<>();

    @BeforeAll
    static void predict() throws Predictor.PredictionFailedException {
        Path packages = Path.of(System.getProperty("anfinsen.root"), "models");
        models =
                new WarmModels(new ModelRegistry(packages), directory.resolve("graphs"), SessionSettings.defaults(), 1);
        search = Searches.in(directory);
        templates = Searches.templatesIn(directory);
        result = predict(1, (state, progress) -> {
            if (STAGES.isEmpty() || STAGES.getLast() != state) {
                STAGES.add(state);
            }
            if (progress != null) {
                PASSES.add(progress);
            }
        });
        artifacts = result.artifacts().stream().collect(Collectors.toMap(Artifact::name, Function.identity()));
    }

    @AfterAll
    static void unload() {
        models.close();
    }

    private static PredictionResult predict(int recycles, Predictor.Monitor monitor)
            throws Predictor.PredictionFailedException {
        return new StructurePredictor(models, 0, search, templates, "test")
                .predict(request("anfinsen-1", recycles), monitor);
    }

    private static NewPrediction request(String model, int recycles) {
        return new NewPrediction(
                HOMEODOMAIN,
                null,
                new PredictionOptions(model, "", recycles, 0, PredictionOptions.AlignmentSource.SINGLE_SEQUENCE),
                List.of());
    }

    private static ProteinStructure structure() throws Exception {
        return StructureReader.read(
                        "structure.pdb", artifacts.get("structure.pdb").content())
                .getFirst();
    }

    @Test
    void goesThroughTheStagesInOrderAndReportsEachPass() {
        assertThat(STAGES)
                .containsExactly(
                        PredictionState.SEARCHING,
                        PredictionState.FEATURISING,
                        PredictionState.PREDICTING,
                        PredictionState.WRITING);
        assertThat(PASSES).extracting(PredictionProgress::cycle).containsExactly(0, 1, 2);
        assertThat(PASSES).extracting(PredictionProgress::cycles).containsOnly(2);
        assertThat(PASSES.get(2).change()).isPositive();
        assertThat(result.summary()).containsEntry("cycles", 2).containsEntry("alignment_rows", 1);
    }

    @Test
    void writesAStructureOfTheSameSequenceInBothFormats() throws Exception {
        ProteinStructure pdb = structure();
        ProteinStructure cif = StructureReader.read(
                        "structure.cif", artifacts.get("structure.cif").content())
                .getFirst();
        assertThat(pdb.sequence().residues()).isEqualTo(HOMEODOMAIN.residues());
        assertThat(cif.sequence().residues()).isEqualTo(HOMEODOMAIN.residues());
        assertThat(cif.positions().atomCount()).isEqualTo(pdb.positions().atomCount());
        assertThat(pdb.meanBFactor()).isCloseTo((double) result.summary().get("mean_plddt"), within(0.01));
    }

    @Test
    void buildsResiduesOfIdealBondLengthsAndPlanarPeptides() throws Exception {
        BondFigures bonds = StructureQuality.of(structure()).bonds();
        assertThat(bonds.bonds()).isGreaterThan(7 * HOMEODOMAIN.length());
        assertThat(bonds.rmsDeviationAngstrom()).isLessThan(0.1);
        assertThat(bonds.chainBreaks()).isZero();
        // Only the peptide bonds are the network's own.
        assertThat(bonds.outliers()).isLessThan(HOMEODOMAIN.length() / 2);
        assertThat(bonds.twistedPeptides() + bonds.cisPeptidesNotProline()).isLessThan(HOMEODOMAIN.length() / 10);
    }

    @Test
    void givesTorsionsThatAreThoseOfTheFile() throws Exception {
        ProteinStructure pdb = structure();
        TorsionTable measured = TorsionTable.of(pdb.sequence(), pdb.positions());
        String[] lines = text("torsions.csv").split("\n");
        assertThat(lines).hasSize(HOMEODOMAIN.length() + 1);
        int compared = 0;
        for (int i = 0; i < HOMEODOMAIN.length(); i++) {
            String[] cells = lines[i + 1].split(",", -1);
            for (int k = 0; k < TorsionTable.ANGLES.size(); k++) {
                String angle = TorsionTable.ANGLES.get(k);
                if (!cells[k + 2].isEmpty()) {
                    double difference = Double.parseDouble(cells[k + 2])
                            - measured.degrees(i, angle).orElseThrow();
                    assertThat(Math.IEEEremainder(difference, 360))
                            .as("%s of residue %d", angle, i + 1)
                            .isCloseTo(0, within(1.0));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(4 * HOMEODOMAIN.length());
    }

    @Test
    void predictsSecondaryStructureForEachResidueOfTheFile() {
        String[] lines = text("secondary_structure.csv").split("\n");
        assertThat(lines).hasSize(HOMEODOMAIN.length() + 1);
        int helix = 0;
        for (int i = 0; i < HOMEODOMAIN.length(); i++) {
            String[] cells = lines[i + 1].split(",", -1);
            assertThat(cells[0]).isEqualTo(Integer.toString(i + 1));
            assertThat(cells[1]).isEqualTo(HOMEODOMAIN.at(i).threeLetterCode());
            double sum = Double.parseDouble(cells[3]) + Double.parseDouble(cells[4]) + Double.parseDouble(cells[5]);
            assertThat(sum).isCloseTo(1, within(2e-4));
            helix += cells[2].equals("H") ? 1 : 0;
        }
        // Of its 54 residues 36 are in the three helices.
        assertThat(helix).isGreaterThan(HOMEODOMAIN.length() / 3);
        assertThat(text("secondary_structure.json")).contains("\"states\":\"");
    }

    @Test
    void givesADistogramWhosePairsSumToOneAndAreSymmetric() throws Exception {
        int nRes = HOMEODOMAIN.length();
        float[][] pairs = new float[nRes * nRes][64];
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(artifacts.get("distogram.npz").content()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("probabilities.npy");
            ByteBuffer npy = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            npy.position(10 + npy.getShort(8));
            for (float[] pair : pairs) {
                for (int b = 0; b < pair.length; b++) {
                    pair[b] = Float.float16ToFloat(npy.getShort());
                }
            }
            assertThat(npy.hasRemaining()).isFalse();
        }
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                float sum = 0;
                for (float probability : pairs[i * nRes + j]) {
                    sum += probability;
                }
                assertThat(sum).isCloseTo(1, within(2e-3f));
                assertThat(pairs[i * nRes + j]).containsExactly(pairs[j * nRes + i], within(2e-3f));
            }
        }
    }

    @Test
    void givesTheSameBytesForTheSameRequest() throws Exception {
        PredictionResult again = predict(1, (state, progress) -> {});
        for (Artifact artifact : again.artifacts()) {
            assertThat(artifact.content())
                    .as(artifact.name())
                    .isEqualTo(artifacts.get(artifact.name()).content());
        }
    }

    @Test
    void saysNothingOfHomologuesWhereThereAreNone() {
        assertThat(artifacts).doesNotContainKeys("contacts.csv", "conservation.csv");
        assertThat(ResultPlots.names(artifacts.keySet()))
                .containsExactlyInAnyOrder(
                        "plots/plddt.png",
                        "plots/plddt.svg",
                        "plots/pae.png",
                        "plots/pae.svg",
                        "plots/distogram.png",
                        "plots/distogram.svg",
                        "plots/ramachandran.png",
                        "plots/ramachandran.svg",
                        "plots/coverage.png",
                        "plots/coverage.svg");
        assertThat(result.summary()).doesNotContainKey("searches");
    }

    @Test
    void searchesADatabaseAndPredictsFromWhatItFinds() throws Exception {
        Path fasta = Files.writeString(
                directory.resolve("relatives.fasta"),
                ">a\n" + HOMEODOMAIN.residues().replace('R', 'K') + "\n>b\n"
                        + HOMEODOMAIN.residues().replace('L', 'I') + "\n>other\n" + "GS".repeat(30) + "\n");
        DatabaseSearch.registry(directory).add("relatives", EngineKind.EMBEDDED, fasta.toString(), "2026_01");
        PredictionOptions options = new PredictionOptions(
                "anfinsen-1",
                "",
                0,
                0,
                PredictionOptions.AlignmentSource.SEARCHED,
                search.plan(List.of("relatives")),
                null);
        PredictionResult searched = new StructurePredictor(models, 0, search, templates, "test")
                .predict(new NewPrediction(HOMEODOMAIN, null, options, List.of()), (state, progress) -> {});

        assertThat(searched.summary()).containsEntry("alignment_rows", 3);
        List<?> searches = (List<?>) searched.summary().get("searches");
        assertThat((Map<?, ?>) searches.getFirst())
                .extracting("database", "version", "hits", "cache")
                .containsExactly("relatives", "2026_01", 2, "miss");
        Map<String, Artifact> files =
                searched.artifacts().stream().collect(Collectors.toMap(Artifact::name, Function.identity()));
        assertThat(new String(files.get("features/msa.a3m").content(), StandardCharsets.UTF_8))
                .contains(">1ENH\n", ">a\t", ">b\t")
                .doesNotContain("other");
        assertThat(new String(files.get("contacts.csv").content(), StandardCharsets.UTF_8))
                .startsWith("PFRMAT RR\nTARGET 1ENH\n")
                .endsWith("END\n");
        assertThat(new String(files.get("conservation.csv").content(), StandardCharsets.US_ASCII))
                .startsWith("residue_number,residue,conservation_bits,occupancy\n1,");
        List<Artifact> plots = ResultPlots.drawAll(searched.artifacts());
        assertThat(plots.stream().map(Artifact::name))
                .contains("plots/coverage.png", "plots/coverage.svg", "plots/conservation.svg", "plots/contacts.png")
                .hasSize(14);
        for (Artifact plot : plots) {
            assertThat(plot.content()).as(plot.name()).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void stopsWhenTheMonitorThrows() {
        IllegalStateException stop = new IllegalStateException("stop");
        assertThatThrownBy(() -> predict(5, (state, progress) -> {
                    if (progress != null && progress.cycle() == 1) {
                        throw stop;
                    }
                }))
                .isSameAs(stop);
    }

    @Test
    void saysWhichModelIsMissing() {
        assertThatThrownBy(() -> new StructurePredictor(models, 0, search, templates, "test")
                        .predict(request("no-such-model", 0), (state, progress) -> {}))
                .isInstanceOf(Predictor.PredictionFailedException.class)
                .hasMessageContaining("model-unavailable")
                .hasMessageContaining("no-such-model");
    }

    @Test
    void refusesAPackageThatWasReplacedSinceThePredictionWasAccepted() {
        NewPrediction accepted = new NewPrediction(
                HOMEODOMAIN,
                null,
                new PredictionOptions(
                        "anfinsen-1", "ab".repeat(32), 0, 0, PredictionOptions.AlignmentSource.SINGLE_SEQUENCE),
                List.of());
        assertThatThrownBy(() -> new StructurePredictor(models, 0, search, templates, "test")
                        .predict(accepted, (state, progress) -> {}))
                .isInstanceOf(Predictor.PredictionFailedException.class)
                .hasMessageContaining("model-changed")
                .hasMessageContaining("submit it again");
    }

    private static String text(String name) {
        return new String(artifacts.get(name).content(), StandardCharsets.UTF_8);
    }
}
