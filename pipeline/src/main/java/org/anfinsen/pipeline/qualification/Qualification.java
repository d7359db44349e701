package org.anfinsen.pipeline.qualification;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.pipeline.FoldedChain;
import org.anfinsen.pipeline.Inference;
import org.anfinsen.pipeline.confidence.PredictedAlignedError;
import org.anfinsen.pipeline.feature.AnalysedAlignment;
import org.anfinsen.pipeline.feature.NetworkInputs;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.StructureComparison;

/**
 * How far two networks lie apart on one protein, ubiquitin with two relatives, after as many passes as the card has. A network that
 * was trained with fewer recycles than it is given makes large differences of small ones.
 *
 * @param plddt          mean over residues of the absolute difference, 0-100
 * @param plddtLargest   the largest
 * @param ptm            absolute difference, 0-1; 0 where the networks have no aligned-error head
 * @param paeAngstrom    mean over residue pairs of the absolute difference, in Å; 0 without the head
 * @param rmsdAngstrom   of the C-alpha atoms after superposition, in Å
 * @param lddt           of one structure in the other, C-alpha, 0-1; 1 if they are the same
 */
public record Qualification(
        double plddt, double plddtLargest, double ptm, double paeAngstrom, double rmsdAngstrom, double lddt) {

    private static final String UBIQUITIN = """
            >ubiquitin
            MQIFVKTLTGKTITLEVEPSDTIENVKAKIQDKEGIPPDQQRLIFAGKQLEDGRTLSDYNIQKESTLHLVLRLRGG
            >NEDD8
            MLIKVKTLTGKEIEIDIEPTDKVERIKERVEEKEGIPPQQQRLIYSGKQMNDEKTAADYKILGGSVLHLVLALRGG
            >ISG15
            LSILVRNNKGRSSTYEVRLTQTVAHLKQQVSGLEGVQDDLFWLTFEGKPLEDQLPLGEYGLKPLSTVFMNLRLRGG
            """;

    /** Folds the protein with both networks, with the card's features and recycles, and compares. */
    public static Qualification of(NetworkSession reference, NetworkSession other, ModelCard card) {
        return compare(fold(reference, card), fold(other, card));
    }

    private static FoldedChain fold(NetworkSession network, ModelCard card) {
        AlignmentResult read = new AlignmentReader(AlignmentLimits.DEFAULT)
                .read(UBIQUITIN.getBytes(StandardCharsets.US_ASCII), "ubiquitin.a3m");
        if (!(read instanceof AlignmentResult.Accepted accepted)) {
            throw new IllegalStateException("the alignment of ubiquitin is refused: " + read);
        }
        Alignment alignment = accepted.alignment();
        return new Inference(network, 0)
                .run(
                        alignment.query(),
                        NetworkInputs.perCycle(
                                AnalysedAlignment.of(alignment),
                                card.features(),
                                network.dimensions(),
                                0,
                                Optional.empty()),
                        card.recycles(),
                        progress -> {});
    }

    static Qualification compare(FoldedChain reference, FoldedChain other) {
        double sum = 0;
        double largest = 0;
        int nRes = reference.plddt().length();
        for (int i = 0; i < nRes; i++) {
            double difference = Math.abs(reference.plddt().at(i) - other.plddt().at(i));
            sum += difference;
            largest = Math.max(largest, difference);
        }
        double ptm = 0;
        double pae = 0;
        if (reference.alignedError().isPresent() && other.alignedError().isPresent()) {
            PredictedAlignedError a = reference.alignedError().get();
            PredictedAlignedError b = other.alignedError().get();
            ptm = Math.abs(a.ptm() - b.ptm());
            pae = meanDifference(a, b);
        }
        ComparisonScores scores = StructureComparison.compare(structure(other), structure(reference));
        return new Qualification(sum / nRes, largest, ptm, pae, scores.rmsd(), scores.lddt());
    }

    private static double meanDifference(PredictedAlignedError a, PredictedAlignedError b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            for (int j = 0; j < a.length(); j++) {
                sum += Math.abs(a.at(i, j) - b.at(i, j));
            }
        }
        return sum / ((double) a.length() * a.length());
    }

    private static ProteinStructure structure(FoldedChain chain) {
        return ProteinStructure.ofPrediction(
                chain.sequence(), chain.positions(), new float[chain.sequence().length()]);
    }

    /** By the names that a model card gives them. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("against fp32: pLDDT, mean difference", plddt);
        metrics.put("against fp32: pLDDT, largest difference", plddtLargest);
        metrics.put("against fp32: pTM difference", ptm);
        metrics.put("against fp32: PAE, mean difference in Å", paeAngstrom);
        metrics.put("against fp32: RMSD of C-alpha atoms in Å", rmsdAngstrom);
        metrics.put("against fp32: lDDT of C-alpha atoms", lddt);
        return metrics;
    }
}
