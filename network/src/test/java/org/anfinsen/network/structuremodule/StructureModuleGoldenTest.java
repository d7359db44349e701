package org.anfinsen.network.structuremodule;

import java.io.IOException;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.Tensors;
import org.anfinsen.network.parameters.ParameterScope;
import org.junit.jupiter.api.Test;

/** The structure module's algorithms against the values that the trainer's modules of the same names computed. */
class StructureModuleGoldenTest {
    private static final int C_Z = 10;
    private static final int C_S = 13;

    private static ParameterScope fold(ParameterScope root) {
        return root.in("structure_module/fold_iteration");
    }

    @Test
    void invariantPointAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("invariant_point_attention").isReproducedBy((g, root, in) -> {
            InvariantPointAttention attention =
                    new InvariantPointAttention(fold(root).in("invariant_point_attention"), C_S, C_Z);
            // The quaternions are not used by the attention.
            Frames frames = new Frames(in.get("rotations"), in.get("rotations"), in.get("translations"));
            return Map.of(
                    "update",
                    attention.apply(
                            g,
                            in.get("s"),
                            in.get("z"),
                            frames,
                            attention.constantLogits(g, in.get("z"), in.get("seq_mask"))));
        });
    }

    @Test
    void backboneUpdateMeetsItsGoldenFile() throws IOException {
        Golden.of("backbone_update").isReproducedBy((g, root, in) -> {
            Frames before = BackboneUpdate.frames(g, in.get("quaternions"), in.get("translations"));
            Frames after = new BackboneUpdate(fold(root).in("affine_update"), C_S).apply(g, before, in.get("s"));
            return Map.of(
                    "quaternions", after.quaternions(),
                    "rotations", after.rotations(),
                    "translations", after.translations());
        });
    }

    @Test
    void torsionAnglesMeetTheirGoldenFile() throws IOException {
        Golden.of("angle_network")
                .isReproducedBy((g, root, in) -> Map.of(
                        "unnormalized_angles",
                        new TorsionAngles(fold(root).in("rigid_sidechain"), C_S)
                                .apply(g, in.get("s"), in.get("s_initial"))));
    }

    @Test
    void structureModuleMeetsItsGoldenFile() throws IOException {
        Golden golden = Golden.of("structure_module").without("aatype");
        for (String perIteration : new String[] {"rotations", "translations", "unnormalized_angles", "angles"}) {
            golden.expect(perIteration, Tensors.slice(golden.expected(perIteration), -1));
        }
        golden.isReproducedWhere(golden.floats("seq_mask"), (g, root, in) -> {
            StructureModule.Result folded = new StructureModule(root.in("structure_module"), C_S, C_Z)
                    .apply(g, in.get("s"), in.get("z"), in.get("seq_mask"));
            return Map.of(
                    "s",
                    folded.single(),
                    "rotations",
                    folded.rotations(),
                    "translations",
                    folded.translations(),
                    "unnormalized_angles",
                    folded.unnormalizedTorsions(),
                    "angles",
                    folded.torsions());
        });
    }
}
