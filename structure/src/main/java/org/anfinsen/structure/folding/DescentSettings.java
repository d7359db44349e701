package org.anfinsen.structure.folding;

/**
 * How the descent is made.
 *
 * @param rounds             of descents; each after the first begins around the best fold so far
 * @param starts             descents of a round
 * @param steps              of a descent
 * @param noiseRadians       standard deviation of what is added to the given torsions at the starts of the first round
 * @param restartNoiseRadians of what is added to the best fold's in later rounds
 * @param torsionWeight      of 1 - cos of a torsion's distance from the one given, in units of the potential
 * @param hydrogenBondWeight what a hydrogen bond between two peptides is worth at the end; it grows from 0
 * @param clashWeight        of the square of what two C-alpha atoms lack to 4 Å, in 1/Å², at the end; it grows from 0
 */
public record DescentSettings(
        int rounds,
        int starts,
        int steps,
        double noiseRadians,
        double restartNoiseRadians,
        double torsionWeight,
        double hydrogenBondWeight,
        double clashWeight) {

    /** Checks the ranges. */
    public DescentSettings {
        if (rounds < 1 || starts < 1 || steps < 1) {
            throw new IllegalArgumentException(rounds + " rounds of " + starts + " starts with " + steps + " steps");
        }
        if (!(noiseRadians >= 0) || !(restartNoiseRadians >= 0)) {
            throw new IllegalArgumentException("noise of " + noiseRadians + " and " + restartNoiseRadians + " radians");
        }
        if (!(torsionWeight >= 0) || !(hydrogenBondWeight >= 0) || !(clashWeight >= 0)) {
            throw new IllegalArgumentException(
                    "weights " + torsionWeight + ", " + hydrogenBondWeight + " and " + clashWeight);
        }
    }
}
