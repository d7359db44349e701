package org.anfinsen.pipeline.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anfinsen.network.run.TemplateInput;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Vector3;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;

/** Compares with the published pipeline's template features: gaps, missing side-chain atoms, two templates. */
class TemplateFeaturizerReferenceTest {

    private static final float TOLERANCE = 2e-5f;

    @Test
    void equalsThePublishedPipeline() {
        Path path = Path.of(
                System.getProperty("anfinsen.reference", "../../shared/reference/alphafold2"),
                "case_C_L29_templates_r0.npz");
        assumeTrue(Files.exists(path), "not checked: template features against the published pipeline, no " + path);
        try (NpzFile.Reader npz = NpzFile.read(path)) {
            long[] aatype = npz.get("feat/template_aatype", 1 << 18).asLongArray();
            int nRes = npz.get("feat/template_aatype", 1 << 18).getShape()[1];
            List<AlignedTemplate> templates = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                templates.add(template(npz, aatype, t, nRes));
            }
            TemplateInput input = TemplateFeaturizer.features(templates);
            for (int k = 0; k < 2 * nRes; k++) {
                assertThat(input.aatype().data()[k]).isEqualTo((int) aatype[k]);
            }
            compare(input.mask().data(), npz, "mask");
            compare(input.pseudoBeta().data(), npz, "pseudo_beta");
            compare(input.pseudoBetaMask().data(), npz, "pseudo_beta_mask");
            compareWhereDefined(input.torsions().data(), input.torsionMask().data(), npz, "torsion_angles_sin_cos");
            compareWhereDefined(
                    input.alternativeTorsions().data(), input.torsionMask().data(), npz, "alt_torsion_angles_sin_cos");
            compare(input.torsionMask().data(), npz, "torsion_angles_mask");
        }
    }

    private static AlignedTemplate template(NpzFile.Reader npz, long[] aatype, int t, int nRes) {
        float[] xyz = npz.get("feat/template_all_atom_positions", 1 << 20).asFloatArray();
        float[] mask = npz.get("feat/template_all_atom_mask", 1 << 20).asFloatArray();
        int[] residues = new int[nRes];
        AtomPositions.Builder builder = AtomPositions.builder(nRes);
        for (int i = 0; i < nRes; i++) {
            residues[i] = (int) aatype[t * nRes + i];
            for (Atom atom : Atom.ALL) {
                int at = (t * nRes + i) * Atom.COUNT + atom.index();
                if (mask[at] > 0) {
                    builder.set(i, atom, new Vector3(xyz[3 * at], xyz[3 * at + 1], xyz[3 * at + 2]));
                }
            }
        }
        return new AlignedTemplate(residues, builder.build());
    }

    /** Where an atom is absent, both take it to lie at the origin, and what comes of that is rounding. */
    private static void compareWhereDefined(float[] found, float[] mask, NpzFile.Reader npz, String name) {
        compare(found, mask, npz, name);
    }

    private static void compare(float[] found, NpzFile.Reader npz, String name) {
        float[] everywhere = new float[found.length];
        Arrays.fill(everywhere, 1);
        compare(found, everywhere, npz, name);
    }

    /** The file has one more, empty slot, at its end. */
    private static void compare(float[] found, float[] mask, NpzFile.Reader npz, String name) {
        float[] expected = npz.get("feat/template_" + name, 1 << 20).asFloatArray();
        assertThat(expected.length).isGreaterThan(found.length);
        float largest = 0;
        int where = 0;
        for (int k = 0; k < found.length; k++) {
            float difference = mask[k * mask.length / found.length] * Math.abs(found[k] - expected[k]);
            if (difference > largest) {
                largest = difference;
                where = k;
            }
        }
        assertThat(largest).as("largest difference in %s, at %d", name, where).isLessThanOrEqualTo(TOLERANCE);
    }
}
