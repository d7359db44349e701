package org.anfinsen.pipeline.template;

import java.util.List;
import java.util.Optional;
import org.anfinsen.network.run.TemplateInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.Vector3;

/** Templates as AlphaFold's features: Jumper et al. 2021, Suppl. section 1.2.9, Table 1. */
public final class TemplateFeaturizer {

    private static final int ANGLES = Torsion.ALL.size();

    private TemplateFeaturizer() {}

    /**
     * Features of the templates, each in a slot of its own.
     *
     * @param templates at least one, all along one query
     * @throws IllegalArgumentException if there is none, or their lengths differ
     */
    public static TemplateInput features(List<AlignedTemplate> templates) {
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("no template");
        }
        int slots = templates.size();
        int nRes = templates.getFirst().aatype().length;
        int[] aatype = new int[slots * nRes];
        float[] mask = new float[slots];
        float[] pseudoBeta = new float[slots * nRes * 3];
        float[] pseudoBetaMask = new float[slots * nRes];
        float[] backboneMask = new float[slots * nRes];
        float[] torsions = new float[slots * nRes * ANGLES * 2];
        float[] alternative = new float[slots * nRes * ANGLES * 2];
        float[] torsionMask = new float[slots * nRes * ANGLES];
        for (int t = 0; t < slots; t++) {
            AlignedTemplate template = templates.get(t);
            if (template.aatype().length != nRes) {
                throw new IllegalArgumentException(
                        "templates of " + nRes + " and " + template.aatype().length + " residues");
            }
            mask[t] = 1;
            for (int i = 0; i < nRes; i++) {
                int at = t * nRes + i;
                aatype[at] = template.aatype()[i];
                Optional<Vector3> beta = pseudoBeta(template, i);
                pseudoBetaMask[at] = beta.isPresent() ? 1 : 0;
                Vector3 point = beta.orElse(Vector3.ZERO);
                pseudoBeta[3 * at] = (float) point.x();
                pseudoBeta[3 * at + 1] = (float) point.y();
                pseudoBeta[3 * at + 2] = (float) point.z();
                backboneMask[at] = hasBackbone(template.positions(), i) ? 1 : 0;
            }
            TemplateTorsions angles = TemplateTorsions.of(template);
            System.arraycopy(angles.sinCos(), 0, torsions, t * nRes * ANGLES * 2, nRes * ANGLES * 2);
            System.arraycopy(angles.alternative(), 0, alternative, t * nRes * ANGLES * 2, nRes * ANGLES * 2);
            System.arraycopy(angles.mask(), 0, torsionMask, t * nRes * ANGLES, nRes * ANGLES);
        }
        return new TemplateInput(
                IntTensor.of(aatype, slots, nRes),
                FloatTensor.of(mask, slots),
                FloatTensor.of(pseudoBeta, slots, nRes, 3),
                FloatTensor.of(pseudoBetaMask, slots, nRes),
                FloatTensor.of(backboneMask, slots, nRes),
                FloatTensor.of(torsions, slots, nRes, ANGLES, 2),
                FloatTensor.of(alternative, slots, nRes, ANGLES, 2),
                FloatTensor.of(torsionMask, slots, nRes, ANGLES));
    }

    private static Optional<Vector3> pseudoBeta(AlignedTemplate template, int residue) {
        boolean glycine = template.aatype()[residue] == AminoAcid.GLY.index();
        return template.positions().find(residue, glycine ? Atom.CA : Atom.CB);
    }

    private static boolean hasBackbone(AtomPositions positions, int residue) {
        return positions.isPresent(residue, Atom.N)
                && positions.isPresent(residue, Atom.CA)
                && positions.isPresent(residue, Atom.C);
    }
}
