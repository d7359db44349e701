package org.anfinsen.msa.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anfinsen.msa.alignment.Alignment;

/**
 * Which rows to keep. The query always stays. Coverage and identity are those of {@link RowSimilarity}: 0.5 coverage
 * keeps a row of 60 residues aligned to a query of 100, and not one of 40.
 *
 * @param coverageMin      least share of the query's residues that a row must have aligned
 * @param identityMin      least share of the aligned residues that must be the query's
 * @param identityMax      largest such share; below 1 it keeps a benchmark blind to the query's close relatives
 * @param dropDuplicates   whether a row goes whose aligned letters an earlier row has as well; insertions do not count,
 *                         as in AlphaFold
 * @param rowsMax          rows that are kept at most, the first ones
 * @throws IllegalArgumentException if a share is not 0 to 1 or no row may be kept
 */
public record AlignmentFilter(
        double coverageMin, double identityMin, double identityMax, boolean dropDuplicates, int rowsMax) {

    /** Drops duplicates, nothing else. */
    public static final AlignmentFilter DUPLICATES = new AlignmentFilter(0, 0, 1, true, Integer.MAX_VALUE);

    /** Keeps every row. */
    public static final AlignmentFilter EVERYTHING = new AlignmentFilter(0, 0, 1, false, Integer.MAX_VALUE);

    public AlignmentFilter {
        if (!(coverageMin >= 0 && coverageMin <= 1)
                || !(identityMin >= 0 && identityMin <= 1)
                || !(identityMax >= 0 && identityMax <= 1)
                || rowsMax < 1) {
            throw new IllegalArgumentException("coverage from " + coverageMin + ", identity " + identityMin + " to "
                    + identityMax + ", at most " + rowsMax + " rows");
        }
    }

    /** The rows that pass, in their order. */
    public Alignment apply(Alignment alignment) {
        Set<String> seen = new HashSet<>();
        List<Integer> kept = new ArrayList<>();
        for (int row = 0; row < alignment.rows() && kept.size() < rowsMax; row++) {
            boolean fresh = !dropDuplicates || seen.add(alignment.aligned(row));
            if (row == 0 || (fresh && passes(RowSimilarity.of(alignment, row)))) {
                kept.add(row);
            }
        }
        return alignment.select(kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private boolean passes(RowSimilarity similarity) {
        return similarity.coverage() >= coverageMin
                && similarity.identity() >= identityMin
                && similarity.identity() <= identityMax;
    }
}
