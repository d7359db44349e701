package org.anfinsen.structure.geometry;

/**
 * A rotation about the x axis, the bond of a rigid group: Jumper et al. 2021, Suppl. Alg. 25 ({@code makeRotX}).
 */
public final class RotationAboutX {

    private RotationAboutX() {}

    /**
     * The rotation by an angle given by its sine and cosine, y towards z. The two are brought to unit length first, as
     * the network's are only nearly so.
     *
     * @throws IllegalArgumentException if both are 0 or one is no number
     */
    public static Rotation of(double sin, double cos) {
        double norm = Math.hypot(sin, cos);
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw new IllegalArgumentException("sine " + sin + " and cosine " + cos + " are no angle");
        }
        double s = sin / norm;
        double c = cos / norm;
        return new Rotation(1, 0, 0, 0, c, -s, 0, s, c);
    }
}
