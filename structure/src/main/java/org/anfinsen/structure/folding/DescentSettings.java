package org.anfinsen.structure.folding;

/**
 * How the descent is made.
 *
 * @param rounds               of descents; each after the first begins around the best fold so far
 * @param restarts             descents of a round after the first
 * @param steps                of a descent
 * @param restartNoiseAngstrom standard deviation of what is added to the best fold's coordinates in later rounds
 * @param torsionWeight        of 1 - cos of a torsion's distance from the one given, in units of the potential
 * @param hydrogenBondWeight   what a hydrogen bond between two peptides is worth at the end; it grows from 0
 * @param clashWeight          of the square of what two atoms lack to their least distance, in 1/Å², at the end; it grows from 0
 * @param bondWeight           of the square of what bonds and angles (as distances) are off, in 1/Å², at the end; it grows
 */
public record DescentSettings(
        int rounds,
        int restarts,
        int steps,
        double restartNoiseAngstrom,
        double torsionWeight,
        double hydrogenBondWeight,
        double clashWeight,
        double bondWeight) {

    /** Checks the ranges. */
    public DescentSettings {
        if (rounds < 1 || restarts < 1 || steps < 1) {
            throw new IllegalArgumentException(rounds + " rounds, " + restarts + " restarts with " + steps + " steps");
        }
        if (!(restartNoiseAngstrom >= 0)) {
            throw new IllegalArgumentException("noise of " + restartNoiseAngstrom + " Å");
        }
        if (!(torsionWeight >= 0) || !(hydrogenBondWeight >= 0) || !(clashWeight >= 0) || !(bondWeight > 0)) {
            throw new IllegalArgumentException(
                    "weights " + torsionWeight + ", " + hydrogenBondWeight + ", " + clashWeight + " and " + bondWeight);
        }
    }
}
