package org.anfinsen.pipeline.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a target's first model on one native. Scores and precisions are 0 to 1, RMSD is in Å.
 *
 * @param domain        name of the native
 * @param nativeLength  residues of the native that have a C-alpha
 * @param matched       of them, those that the model has
 * @param byNumber      whether residue numbers decided what is compared with what; if not, a sequence alignment did
 * @param bestTmScore   the best TM-score among all models of the target
 * @param lddtAllAtoms  null if the native has C-alpha atoms only
 * @param contacts      precision of the network's long-range contacts
 * @param dcaContacts   the same from coevolution with average product correction alone; null without an alignment
 * @param meanPlddt     over the native's residues, 0-100
 * @param calibration   pLDDT against lDDT of the residues, in ten bins of pLDDT
 */
public record DomainScores(
        String domain,
        int nativeLength,
        int matched,
        boolean byNumber,
        double tmScore,
        double bestTmScore,
        double gdtTs,
        double gdtHa,
        double lddt,
        @Nullable Double lddtAllAtoms,
        double rmsd,
        ContactPrecisions contacts,
        @Nullable ContactPrecisions dcaContacts,
        double meanPlddt,
        List<CalibrationBin> calibration) {

    public DomainScores {
        calibration = List.copyOf(calibration);
    }

    /**
     * Precision among the most probable pairs at least 24 apart; null where no pair is.
     *
     * @param fifth of the first L/5, L being the native's length
     * @param half  of the first L/2
     * @param full  of the first L
     */
    public record ContactPrecisions(
            @Nullable Double fifth,
            @Nullable Double half,
            @Nullable Double full) {}

    /**
     * The residues whose pLDDT lies in one tenth of its range.
     *
     * @param count    how many
     * @param plddtSum of their pLDDT, 0-100 each
     * @param lddtSum  of their lDDT over C-alpha, 0-1 each
     */
    public record CalibrationBin(int count, double plddtSum, double lddtSum) {

        /** Bins of pLDDT. */
        public static final int BINS = 10;
    }
}
