package org.anfinsen.msa.profile;

import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.ResidueCode;

/**
 * How a row compares to the query.
 *
 * @param coverage share of the query's residues to which the row has one aligned
 * @param identity share of those aligned residues that are the same as the query's; 0 if none is aligned. X is never
 *                 the same
 */
public record RowSimilarity(double coverage, double identity) {

    /**
     * Example: query {@code MKVLA}, row {@code MR--A}. Three of five are aligned, so the coverage is 0.6; two of those
     * three are the same, so the identity is 0.67.
     */
    public static RowSimilarity of(Alignment alignment, int row) {
        int aligned = 0;
        int same = 0;
        for (int column = 0; column < alignment.columns(); column++) {
            byte code = alignment.at(row, column);
            aligned += code == ResidueCode.GAP ? 0 : 1;
            same += code == alignment.at(0, column) && code < ResidueCode.UNKNOWN ? 1 : 0;
        }
        return new RowSimilarity(aligned / (double) alignment.columns(), aligned == 0 ? 0 : same / (double) aligned);
    }
}
