package org.anfinsen.msa.search.embedded;

/**
 * How many alignments with a score at least as high are expected by chance: {@code E = K m' n' exp(-λ S)}, with lengths
 * shortened by {@code ln(K m n) / H}. The constants are NCBI's for BLOSUM62; a gap of n residues costs 11 + n.
 */
final class KarlinAltschul {

    /** Cost of a gap that does not depend on its length. */
    static final int GAP_OPEN = 11;

    /** Cost of each residue in a gap. */
    static final int GAP_EXTEND = 1;

    private static final double LAMBDA = 0.267;
    private static final double K = 0.041;
    private static final double H = 0.14;
    private static final double UNGAPPED_LAMBDA = 0.3176;
    private static final double UNGAPPED_K = 0.134;

    private KarlinAltschul() {}

    /** The E-value of a gapped score in a database of so many residues and sequences. */
    static double eValue(int score, int queryLength, long databaseResidues, long databaseSequences) {
        double adjustment = Math.max(0, Math.log(K * queryLength * Math.max(1, databaseResidues)) / H);
        double query = Math.max(1, queryLength - adjustment);
        double database = Math.max(1, databaseResidues - databaseSequences * adjustment);
        return K * query * database * Math.exp(-LAMBDA * score);
    }

    /** The least ungapped score that carries so many bits. */
    static int ungappedScoreOf(double bits) {
        return (int) Math.ceil((bits * Math.log(2) + Math.log(UNGAPPED_K)) / UNGAPPED_LAMBDA);
    }
}
