package org.anfinsen.structure.geometry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.IdealAtom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.constants.RigidGroup;

/**
 * Turns backbone frames and torsion angles into atom positions: Jumper et al. 2021, Suppl. Alg. 24.
 */
public final class AllAtomCoordinates {

    private static final int VALUES_PER_RESIDUE = 2 * ResidueConstants.TORSION_COUNT;

    private AllAtomCoordinates() {}

    /**
     * Places every heavy atom of the chain; an unknown residue has none.
     *
     * @param sequence the residues, {@code [N_res]}
     * @param frames   backbone frames, residue to global, {@code [N_res]}, translations in Å
     * @param sinCos   (sin, cos) of pre-omega, phi, psi, chi1..4, {@code [N_res, 7, 2]}, row-major; scaled to unit length
     * @return positions {@code [N_res, 37, 3]} in Å
     * @throws IllegalArgumentException if the leading sizes differ, the message gives them; or if a torsion is (0, 0)
     */
    public static AtomPositions compute(ProteinSequence sequence, List<RigidFrame> frames, float[] sinCos) {
        int nRes = sequence.length();
        if (frames.size() != nRes || sinCos.length != nRes * VALUES_PER_RESIDUE) {
            throw new IllegalArgumentException(nRes + " residues, " + frames.size() + " frames, " + sinCos.length
                    + " torsion values (" + VALUES_PER_RESIDUE + " a residue)");
        }
        AtomPositions.Builder builder = AtomPositions.builder(nRes);
        for (int i = 0; i < nRes; i++) {
            int residue = i;
            residue(sequence.at(i), frames.get(i), sinCos, i * VALUES_PER_RESIDUE)
                    .forEach((atom, position) -> builder.set(residue, atom, position));
        }
        return builder.build();
    }

    /**
     * The heavy atoms of one residue, in Å.
     *
     * @param sinCos its torsions as {@link #compute} takes them, from {@code offset} on
     */
    public static Map<Atom, Vector3> residue(AminoAcid aminoAcid, RigidFrame backbone, float[] sinCos, int offset) {
        List<RigidFrame> groups = groupFrames(aminoAcid, backbone, sinCos, offset);
        Map<Atom, Vector3> atoms = new EnumMap<>(Atom.class);
        for (IdealAtom ideal : ResidueConstants.idealAtoms(aminoAcid)) {
            Vector3 local = new Vector3(ideal.x(), ideal.y(), ideal.z());
            atoms.put(ideal.atom(), groups.get(ideal.group().index()).apply(local));
        }
        return atoms;
    }

    /**
     * The eight frames of one residue, group to global; the torsions begin at {@code offset}. A group that the residue
     * lacks is turned and chained like the others, and no atom uses it.
     */
    static List<RigidFrame> groupFrames(AminoAcid aminoAcid, RigidFrame backbone, float[] sinCos, int offset) {
        List<RigidFrame> frames = new ArrayList<>(RigidGroup.ALL.size());
        frames.add(backbone);
        for (RigidGroup group : RigidGroup.ALL.subList(1, RigidGroup.ALL.size())) {
            int k = offset + 2 * (group.index() - 1);
            RigidFrame turned = DefaultFrames.frame(aminoAcid, group)
                    .compose(new RigidFrame(RotationAboutX.of(sinCos[k], sinCos[k + 1]), Vector3.ZERO));
            boolean chained = group.index() > RigidGroup.CHI1.index();
            frames.add((chained ? frames.get(group.index() - 1) : backbone).compose(turned));
        }
        return frames;
    }
}
