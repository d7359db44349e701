package org.anfinsen.msa.alignment;

/**
 * How much an alignment file may hold. Whatever is over a limit is refused, never cut.
 *
 * @param columnsMax the query's residues
 * @param rowsMax    rows, the query included
 * @param bytesMax   bytes of text after decompression
 * @throws IllegalArgumentException if one of them is not positive
 */
public record AlignmentLimits(int columnsMax, int rowsMax, long bytesMax) {

    /** 5,000 columns, 200,000 rows, 1 GiB. */
    public static final AlignmentLimits DEFAULT = new AlignmentLimits(5_000, 200_000, 1L << 30);

    public AlignmentLimits {
        if (columnsMax < 1 || rowsMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("every limit must be positive: " + columnsMax + " columns, " + rowsMax
                    + " rows, " + bytesMax + " bytes");
        }
    }
}
