package org.anfinsen.msa.sequence;

/**
 * How much a FASTA may hold. Whatever is over a limit is refused, never cut.
 *
 * @param residuesMax       residues a record
 * @param recordsMax        records a file
 * @param nameCharactersMax characters of a record's name
 * @param bytesMax          bytes of the whole text; reading stops one byte past it
 * @throws IllegalArgumentException if one of them is not positive
 */
public record SequenceLimits(int residuesMax, int recordsMax, int nameCharactersMax, int bytesMax) {

    /** 2,048 residues, 1,000 records, names of 200 characters, 4 MiB. */
    public static final SequenceLimits DEFAULT = new SequenceLimits(2_048, 1_000, 200, 4 << 20);

    public SequenceLimits {
        if (residuesMax < 1 || recordsMax < 1 || nameCharactersMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("every limit must be positive: " + residuesMax + " residues, "
                    + recordsMax + " records, " + nameCharactersMax + " characters, " + bytesMax + " bytes");
        }
    }
}
