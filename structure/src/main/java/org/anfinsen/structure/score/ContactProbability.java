package org.anfinsen.structure.score;

/** How likely a model thinks two of its residues touch. */
@FunctionalInterface
public interface ContactProbability {

    /**
     * The probability, 0-1, that the pseudo-beta atoms of two residues are nearer than 8 Å.
     *
     * @param first  index from 0 in the model's sequence
     * @param second index from 0 in the model's sequence
     */
    double at(int first, int second);
}
