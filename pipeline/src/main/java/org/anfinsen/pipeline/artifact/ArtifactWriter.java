package org.anfinsen.pipeline.artifact;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.anfinsen.msa.alignment.AlignmentWriter;
import org.anfinsen.msa.coevolution.CaspRrWriter;
import org.anfinsen.msa.coevolution.ContactPrediction;
import org.anfinsen.msa.coevolution.PredictedContact;
import org.anfinsen.msa.profile.Profile;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.pipeline.FoldedChain;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.feature.AnalysedAlignment;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.structure.file.ModelCifWriter;
import org.anfinsen.structure.file.ModelDescription;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.model.ProteinStructure;

/** Writes all files of a prediction. */
public final class ArtifactWriter {

    private static final String JSON = "application/json";
    private static final int CONTACTS_PER_RESIDUE = 10;
    private static final int PROFILE_DECIMALS = 3;

    private final String softwareVersion;

    /** A writer whose files name this version of Anfinsen. */
    public ArtifactWriter(String softwareVersion) {
        this.softwareVersion = softwareVersion;
    }

    /**
     * The files: {@code structure.pdb}, {@code structure.cif}, {@code distogram.npz}, {@code torsions.csv},
     * {@code torsions.json}, {@code scores.json}, {@code dssp.json}, {@code quality.json}, {@code features/msa.a3m}; where
     * the model has the heads {@code pae.json} as the AlphaFold database writes it, {@code predicted_aligned_error_v1.json}
     * as ColabFold does, {@code secondary_structure.csv} and {@code secondary_structure.json}; where there are homologues
     * also {@code contacts.csv}, predicted from coevolution alone, in CASP's RR format, and {@code conservation.csv}.
     * {@link ResultPlots} draws them.
     *
     * The bytes depend on nothing else than the arguments: the structure files' date is the model's.
     */
    public List<Artifact> write(FoldedChain chain, AnalysedAlignment alignment, NewPrediction request, ModelCard card) {
        float[] plddt = new float[chain.plddt().length()];
        for (int i = 0; i < plddt.length; i++) {
            plddt[i] = (float) chain.plddt().at(i);
        }
        ProteinStructure structure = ProteinStructure.ofPrediction(chain.sequence(), chain.positions(), plddt);
        ModelDescription description = description(chain, request, card);
        TorsionTable torsions = TorsionTable.of(chain.sequence(), chain.positions());
        List<Artifact> artifacts = new ArrayList<>();
        artifacts.add(text("structure.pdb", "chemical/x-pdb", PdbWriter.write(structure, description)));
        artifacts.add(text(
                "structure.cif",
                "chemical/x-mmcif",
                ModelCifWriter.write(
                        structure, description, chain.alignedError().map(error -> error::at))));
        artifacts.add(new Artifact("distogram.npz", "application/zip", distogram(chain.distogram())));
        artifacts.add(new Artifact("torsions.csv", "text/csv", torsions.csv()));
        artifacts.add(new Artifact("torsions.json", JSON, torsions.json()));
        artifacts.add(new Artifact(
                "scores.json",
                JSON,
                ConfidenceJson.scores(chain.plddt(), chain.alignedError().orElse(null))));
        chain.alignedError().ifPresent(error -> {
            artifacts.add(new Artifact("pae.json", JSON, ConfidenceJson.predictedAlignedError(error)));
            artifacts.add(
                    new Artifact("predicted_aligned_error_v1.json", JSON, ConfidenceJson.colabFoldAlignedError(error)));
        });
        artifacts.add(new Artifact("dssp.json", JSON, StructureJson.secondaryStructure(structure)));
        artifacts.add(new Artifact("quality.json", JSON, StructureJson.quality(structure)));
        chain.secondaryStructure().ifPresent(predicted -> {
            SecondaryStructureTable table = new SecondaryStructureTable(chain.sequence(), predicted);
            artifacts.add(new Artifact("secondary_structure.csv", "text/csv", table.csv()));
            artifacts.add(new Artifact("secondary_structure.json", JSON, table.json()));
        });
        artifacts.add(text("features/msa.a3m", "text/x-a3m", AlignmentWriter.toA3m(alignment.alignment())));
        if (alignment.hasHomologues()) {
            addOfAlignment(artifacts, chain, alignment);
        }
        return artifacts;
    }

    private static void addOfAlignment(List<Artifact> artifacts, FoldedChain chain, AnalysedAlignment alignment) {
        List<PredictedContact> contacts = ContactPrediction.of(alignment.coevolution());
        String rr = CaspRrWriter.write(
                chain.sequence(),
                "Anfinsen",
                contacts,
                "Coevolution in an alignment of " + alignment.alignment().rows() + " rows",
                CONTACTS_PER_RESIDUE * chain.sequence().length());
        artifacts.add(text("contacts.csv", "text/csv", rr));
        Profile profile = Profile.of(alignment.alignment(), alignment.weights());
        artifacts.add(new Artifact(
                "conservation.csv",
                "text/csv",
                new ResidueTable(chain.sequence())
                        .column(
                                "conservation_bits",
                                PROFILE_DECIMALS,
                                i -> OptionalDouble.of(profile.conservationBits(i)))
                        .column("occupancy", PROFILE_DECIMALS, i -> OptionalDouble.of(profile.occupancy(i)))
                        .csv()));
    }

    private ModelDescription description(FoldedChain chain, NewPrediction request, ModelCard card) {
        return new ModelDescription(
                chain.sequence().name(),
                "Predicted structure of " + chain.sequence().name(),
                card.name(),
                card.version(),
                softwareVersion,
                LocalDate.ofInstant(card.created(), ZoneOffset.UTC),
                chain.alignedError()
                        .map(error -> OptionalDouble.of(error.ptm()))
                        .orElse(OptionalDouble.empty()),
                remarks(chain, request, card));
    }

    private static List<String> remarks(FoldedChain chain, NewPrediction request, ModelCard card) {
        String run = "SEED " + request.options().seed() + ", NETWORK PASSES " + chain.cycles();
        return card.descent() == null ? List.of(run) : List.of(run, "BACKBONE FOLDED FROM THE DISTOGRAM");
    }

    private static byte[] distogram(Distogram distogram) {
        int nRes = distogram.length();
        try (NpzWriter npz = new NpzWriter()) {
            return npz.float16("probabilities", distogram.probabilities(), nRes, nRes, distogram.bins())
                    .float32("bin_edges_angstrom", distogram.edgesAngstrom(), distogram.bins() - 1)
                    .toByteArray();
        }
    }

    private static Artifact text(String name, String mediaType, String content) {
        return new Artifact(name, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }
}
