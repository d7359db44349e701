package org.anfinsen.pipeline.benchmark;

import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.sequence.SequenceLimits;

/**
 * How much a set of targets may hold, and which of them are taken.
 *
 * @param targetsMax targets in all
 * @param lengthMax  longer ones are left out
 * @param countMax   shortest targets that are taken; the others are left out
 * @param fileMax    bytes of one file
 * @param sequences  of a FASTA file
 * @param alignments of an alignment
 */
public record TargetLimits(
        int targetsMax,
        int lengthMax,
        int countMax,
        long fileMax,
        SequenceLimits sequences,
        AlignmentLimits alignments) {

    /** 20,000 targets of 2,048 residues, files of 1 GiB. */
    public static final TargetLimits DEFAULT = new TargetLimits(
            20_000,
            2_048,
            Integer.MAX_VALUE,
            1L << 30,
            new SequenceLimits(2_048, 20_000, 200, 64 << 20),
            AlignmentLimits.DEFAULT);

    /** The same with another choice of targets. */
    public TargetLimits choosing(int length, int count) {
        return new TargetLimits(targetsMax, Math.min(length, lengthMax), count, fileMax, sequences, alignments);
    }
}
