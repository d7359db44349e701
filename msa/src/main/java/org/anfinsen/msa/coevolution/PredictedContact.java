package org.anfinsen.msa.coevolution;

/**
 * Two residues that are predicted to touch: C-beta (C-alpha of glycine) less than 8 Å apart.
 *
 * @param i           index of the first residue, counted from 0
 * @param j           index of the second, larger than {@code i}
 * @param probability 0 to 1
 */
public record PredictedContact(int i, int j, double probability) {

    public PredictedContact {
        if (i < 0 || j <= i || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("contact " + i + ", " + j + " with probability " + probability);
        }
    }
}
