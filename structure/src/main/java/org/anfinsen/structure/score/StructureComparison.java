package org.anfinsen.structure.score;

import java.util.List;
import java.util.OptionalDouble;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.model.ProteinStructure;

/** Scores a model against the native structure. */
public final class StructureComparison {

    private StructureComparison() {}

    /**
     * All scores of a model.
     *
     * @throws IllegalArgumentException if the two have fewer than three residues with C-alpha atoms in common, which no
     *     superposition is defined by; the message gives the lengths
     */
    public static ComparisonScores compare(ProteinStructure model, ProteinStructure reference) {
        ResidueMatching matching = ResidueMatching.of(model, reference);
        List<ResidueMatching.Pair> pairs = matching.pairs().stream()
                .filter(pair -> model.positions().isPresent(pair.model(), Atom.CA)
                        && reference.positions().isPresent(pair.reference(), Atom.CA))
                .toList();
        if (pairs.size() < 3) {
            throw new IllegalArgumentException("only " + pairs.size() + " residues in common of " + model.length()
                    + " in the model and " + reference.length() + " in the native");
        }
        Points modelPoints = new Points(pairs.size());
        Points referencePoints = new Points(pairs.size());
        for (int k = 0; k < pairs.size(); k++) {
            modelPoints.set(k, model.positions().at(pairs.get(k).model(), Atom.CA));
            referencePoints.set(k, reference.positions().at(pairs.get(k).reference(), Atom.CA));
        }
        int nativeLength = alphaCarbons(reference);
        TmScore tm = new TmScore(nativeLength);
        GdtScore gdt = new GdtScore(nativeLength);
        SuperpositionSearch.run(modelPoints, referencePoints, TmScore.searchCutoff(nativeLength), (motion, squared) -> {
            tm.visit(motion, squared);
            gdt.visit(motion, squared);
        });
        return new ComparisonScores(
                rmsd(modelPoints, referencePoints),
                gdt.totalScore(),
                gdt.highAccuracy(),
                tm.score(),
                Lddt.ofAlphaCarbons(model, reference, matching).score().orElse(0),
                hasSideChains(model) && hasSideChains(reference)
                        ? Lddt.ofAllAtoms(model, reference, matching).score()
                        : OptionalDouble.empty(),
                pairs.size(),
                model.length(),
                nativeLength,
                matching.byNumber(),
                tm.motion());
    }

    private static double rmsd(Points model, Points reference) {
        RigidFrame motion = Superposition.of(model, reference);
        double[] squared = new double[model.count()];
        model.squaredDistances(motion, reference, squared);
        double sum = 0;
        for (double d2 : squared) {
            sum += d2;
        }
        return Math.sqrt(sum / squared.length);
    }

    private static int alphaCarbons(ProteinStructure structure) {
        int count = 0;
        for (int i = 0; i < structure.length(); i++) {
            count += structure.positions().isPresent(i, Atom.CA) ? 1 : 0;
        }
        return count;
    }

    private static boolean hasSideChains(ProteinStructure structure) {
        return structure.positions().atomCount() > 2 * structure.length();
    }
}
