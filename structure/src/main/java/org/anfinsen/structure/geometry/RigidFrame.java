package org.anfinsen.structure.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * A rigid motion, local to global: rotate, then move. As a residue's backbone frame it is centred on CA, with C on the
 * positive x axis and N in the xy plane.
 *
 * @param rotation    orthonormal, determinant +1
 * @param translation where the local origin goes, in Å
 */
public record RigidFrame(Rotation rotation, Vector3 translation) {

    public static final RigidFrame IDENTITY = new RigidFrame(Rotation.IDENTITY, Vector3.ZERO);

    /**
     * The frames of a chain from quaternions and translations, as the network gives them.
     *
     * @param values {@code [N_res, 7]}: w, x, y, z, then the translation in Å; quaternions of any length but 0
     * @return {@code [N_res]}
     * @throws IllegalArgumentException if the number of values is not a multiple of 7
     */
    public static List<RigidFrame> ofQuaternionsAndTranslations(float[] values) {
        if (values.length % 7 != 0) {
            throw new IllegalArgumentException(values.length + " values, a frame has 7");
        }
        List<RigidFrame> frames = new ArrayList<>(values.length / 7);
        for (int k = 0; k < values.length; k += 7) {
            Quaternion quaternion = new Quaternion(values[k], values[k + 1], values[k + 2], values[k + 3]);
            Vector3 translation = new Vector3(values[k + 4], values[k + 5], values[k + 6]);
            frames.add(new RigidFrame(Rotation.ofQuaternion(quaternion), translation));
        }
        return List.copyOf(frames);
    }

    /** A local point in global coordinates. */
    public Vector3 apply(Vector3 local) {
        return rotation.apply(local).plus(translation);
    }

    /** A global point in local coordinates. */
    public Vector3 applyInverse(Vector3 global) {
        return rotation.inverse().apply(global.minus(translation));
    }

    /** This motion after {@code first}: {@code compose(f).apply(v)} is {@code apply(f.apply(v))}. */
    public RigidFrame compose(RigidFrame first) {
        return new RigidFrame(rotation.compose(first.rotation), apply(first.translation));
    }

    /** The motion back. */
    public RigidFrame inverse() {
        Rotation back = rotation.inverse();
        return new RigidFrame(back, back.apply(translation).times(-1));
    }
}
