package org.anfinsen.structure.geometry;

import java.util.EnumMap;
import java.util.Map;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ChiAngle;
import org.anfinsen.structure.constants.IdealAtom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.constants.RigidGroup;

/**
 * The frames of a residue's rigid groups when all torsions are 0: Jumper et al. 2021, Suppl. section 1.8.4. Pre-omega,
 * phi, psi and chi1 are given in the backbone frame, chi2 to chi4 in the frame of the chi before. The x axis is the bond
 * that the torsion turns about. Groups that a residue lacks have the identity.
 */
final class DefaultFrames {

    private static final Vector3 X_AXIS = new Vector3(1, 0, 0);

    private static final Map<AminoAcid, Map<RigidGroup, RigidFrame>> FRAMES = new EnumMap<>(AminoAcid.class);

    static {
        for (AminoAcid aminoAcid : AminoAcid.STANDARD) {
            FRAMES.put(aminoAcid, frames(aminoAcid));
        }
    }

    private DefaultFrames() {}

    /** The default frame of a group; the identity where the residue has none. */
    static RigidFrame frame(AminoAcid aminoAcid, RigidGroup group) {
        return FRAMES.getOrDefault(aminoAcid, Map.of()).getOrDefault(group, RigidFrame.IDENTITY);
    }

    private static Map<RigidGroup, RigidFrame> frames(AminoAcid aminoAcid) {
        Map<RigidGroup, RigidFrame> frames = new EnumMap<>(RigidGroup.class);
        Vector3 n = position(aminoAcid, Atom.N);
        Vector3 ca = position(aminoAcid, Atom.CA);
        Vector3 c = position(aminoAcid, Atom.C);
        frames.put(RigidGroup.PHI, frame(n.minus(ca), X_AXIS, n));
        frames.put(RigidGroup.PSI, frame(c.minus(ca), ca.minus(n), c));
        for (ChiAngle chi : ResidueConstants.chiAngles(aminoAcid)) {
            RigidGroup group = RigidGroup.ofChi(chi.number());
            if (chi.number() == 1) {
                Vector3 before = position(aminoAcid, chi.atoms().get(0));
                Vector3 from = position(aminoAcid, chi.atoms().get(1));
                Vector3 to = position(aminoAcid, chi.atoms().get(2));
                frames.put(group, frame(to.minus(from), before.minus(from), to));
            } else {
                // The axis begins at the origin of the frame before, and the atom before it lies on that frame's -x.
                Vector3 to = position(aminoAcid, chi.atoms().get(2));
                frames.put(group, frame(to, X_AXIS.times(-1), to));
            }
        }
        return frames;
    }

    private static Vector3 position(AminoAcid aminoAcid, Atom atom) {
        IdealAtom ideal = ResidueConstants.idealAtom(aminoAcid, atom)
                .orElseThrow(() -> new IllegalStateException(aminoAcid + " has no atom " + atom));
        return new Vector3(ideal.x(), ideal.y(), ideal.z());
    }

    private static RigidFrame frame(Vector3 axis, Vector3 inPlane, Vector3 origin) {
        Vector3 e1 = axis.normalized();
        Vector3 e2 = inPlane.minus(e1.times(e1.dot(inPlane))).normalized();
        return new RigidFrame(Rotation.ofAxes(e1, e2, e1.cross(e2)), origin);
    }
}
