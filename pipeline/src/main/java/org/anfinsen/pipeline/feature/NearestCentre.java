package org.anfinsen.pipeline.feature;

import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.PackedCodes;
import org.anfinsen.msa.alignment.ResidueCode;

/**
 * Assigns rows to the cluster centre with which they agree in most columns: Jumper et al. 2021, Suppl. 1.2.7. Agreement
 * of gaps and of mask tokens does not count; of equal centres the first one wins.
 */
final class NearestCentre {

    private final long[][] centres;
    private final long[][] counted;

    /** @param centreCodes codes of the centres, {@code [N_seq][N_res]}, mask tokens included */
    NearestCentre(byte[][] centreCodes) {
        centres = new long[centreCodes.length][];
        counted = new long[centreCodes.length][];
        for (int s = 0; s < centreCodes.length; s++) {
            centres[s] = PackedCodes.pack(centreCodes[s]);
            counted[s] = PackedCodes.columnsUpTo(centreCodes[s], ResidueCode.UNKNOWN);
        }
    }

    /** The centre of each row, {@code [N_other]}. */
    int[] of(byte[][] otherCodes) {
        return IntStream.range(0, otherCodes.length)
                .parallel()
                .map(row -> nearest(PackedCodes.pack(otherCodes[row])))
                .toArray();
    }

    private int nearest(long[] row) {
        int best = 0;
        int bestAgreement = -1;
        for (int s = 0; s < centres.length; s++) {
            int agreement = PackedCodes.agreement(row, centres[s], counted[s]);
            if (agreement > bestAgreement) {
                bestAgreement = agreement;
                best = s;
            }
        }
        return best;
    }
}
