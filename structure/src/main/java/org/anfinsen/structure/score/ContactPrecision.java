package org.anfinsen.structure.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * Precision of predicted contacts as CASP measures it: of the pairs with the highest probability, at least so far apart
 * in the sequence, the share whose C-beta atoms (C-alpha of glycine) are nearer than 8 Å in the native.
 */
public final class ContactPrecision {

    /** Pairs at least this far apart in the sequence are long-range contacts. */
    public static final int LONG_RANGE = 24;

    /** Pairs at least this far apart are medium- or long-range contacts. */
    public static final int MEDIUM_RANGE = 12;

    private static final double CONTACT_ANGSTROM = 8;

    private record Candidate(double probability, boolean isContact) {}

    private final int nativeLength;
    private final List<Candidate> ranked;

    private ContactPrecision(int nativeLength, List<Candidate> ranked) {
        this.nativeLength = nativeLength;
        this.ranked = ranked;
    }

    /**
     * Ranks the pairs of residues that the native shows. Ties keep the order of the sequence.
     *
     * @param probability       of the model's residues
     * @param model             the predicted chain, which gives the residues their numbers
     * @param reference         the native
     * @param minimumSeparation the least difference of the two indices in the model
     * @throws IllegalArgumentException if the separation is not positive
     */
    public static ContactPrecision of(
            ContactProbability probability, ProteinStructure model, ProteinStructure reference, int minimumSeparation) {
        if (minimumSeparation < 1) {
            throw new IllegalArgumentException("minimum separation " + minimumSeparation + ", at least 1 is needed");
        }
        List<ResidueMatching.Pair> pairs = ResidueMatching.of(model, reference).pairs();
        List<Candidate> candidates = new ArrayList<>();
        for (int a = 0; a < pairs.size(); a++) {
            Optional<Vector3> first = point(reference, pairs.get(a));
            for (int b = a + 1; b < pairs.size() && first.isPresent(); b++) {
                Optional<Vector3> second = point(reference, pairs.get(b));
                int i = pairs.get(a).model();
                int j = pairs.get(b).model();
                if (second.isPresent() && Math.abs(i - j) >= minimumSeparation) {
                    boolean isContact = first.get().distance(second.get()) < CONTACT_ANGSTROM;
                    candidates.add(new Candidate(probability.at(i, j), isContact));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::probability).reversed());
        return new ContactPrecision(reference.length(), List.copyOf(candidates));
    }

    /**
     * Precision among the {@code L / divisor} most probable pairs, L being the native's length and at least one pair
     * being taken; where fewer pairs exist, among them all.
     *
     * @param divisor 1, 2, 5 or 10 by custom
     * @return 0-1; empty if no pair is far enough apart
     */
    public OptionalDouble top(int divisor) {
        return ranked.stream()
                .limit(Math.max(1, nativeLength / divisor))
                .mapToInt(candidate -> candidate.isContact() ? 1 : 0)
                .average();
    }

    private static Optional<Vector3> point(ProteinStructure reference, ResidueMatching.Pair pair) {
        return PseudoBeta.find(reference.sequence(), reference.positions(), pair.reference());
    }
}
