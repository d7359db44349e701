package org.anfinsen.msa.profile;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.ResidueCode;

/**
 * The numbers behind a coverage plot.
 *
 * @param depth rows that have a residue in each column, the query included, {@code [N_res]}
 * @param rows  every row's similarity to the query, as in the alignment
 */
public record AlignmentCoverage(List<Integer> depth, List<RowSimilarity> rows) {

    public AlignmentCoverage {
        depth = List.copyOf(depth);
        rows = List.copyOf(rows);
    }

    /** Counts over all rows and columns once. */
    public static AlignmentCoverage of(Alignment alignment) {
        int[] depth = new int[alignment.columns()];
        for (int row = 0; row < alignment.rows(); row++) {
            for (int column = 0; column < alignment.columns(); column++) {
                depth[column] += alignment.at(row, column) == ResidueCode.GAP ? 0 : 1;
            }
        }
        return new AlignmentCoverage(
                IntStream.of(depth).boxed().toList(),
                IntStream.range(0, alignment.rows())
                        .mapToObj(row -> RowSimilarity.of(alignment, row))
                        .toList());
    }

    /** Row numbers in the order in which ColabFold draws them from top to bottom: most identical first. */
    public List<Integer> rowsByIdentity() {
        return IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer row) -> rows.get(row).identity())
                        .reversed())
                .toList();
    }
}
