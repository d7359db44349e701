package org.anfinsen.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkOutput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.run.TemplateInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two passes of the whole network, coevolution and templates included, against the trainer's values. */
class IterationGoldenTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"iteration", "iteration_with_templates"})
    void twoPassesMeetTheirGoldenFile(String name) throws IOException {
        Golden golden = Golden.of(name);
        Path model = directory.resolve("model.onnx");
        NetworkDimensions sizes = IterationExporter.export(golden.parameters(), false, model, Map.of());
        try (NetworkSession session = NetworkSession.open(model, sizes, SessionSettings.cpu(1))) {
            NetworkInput input = input(golden, sizes.hasTemplates());
            NetworkOutput first = session.run(input, RecycledInput.zeros(input.nRes(), sizes));
            compare("pass0/", golden, first);
            NetworkOutput second = session.run(input, first.recycled(golden.expected("pass0/pseudo_beta")));
            compare("pass1/", golden, second);
        }
    }

    private static NetworkInput input(Golden golden, boolean hasTemplates) {
        return new NetworkInput(
                golden.floats("target_feat"),
                (IntTensor) golden.input("residue_index"),
                golden.floats("seq_mask"),
                golden.floats("msa_feat"),
                golden.floats("msa_mask"),
                golden.floats("extra_msa_feat"),
                golden.floats("extra_msa_mask"),
                Optional.of(golden.floats("coevolution")),
                hasTemplates ? Optional.of(templates(golden)) : Optional.empty());
    }

    private static TemplateInput templates(Golden golden) {
        return new TemplateInput(
                (IntTensor) golden.input("template_aatype"),
                golden.floats("template_mask"),
                golden.floats("template_pseudo_beta"),
                golden.floats("template_pseudo_beta_mask"),
                Tensors.backboneMask(golden.floats("template_all_atom_mask")),
                golden.floats("template_torsion_angles_sin_cos"),
                golden.floats("template_alt_torsion_angles_sin_cos"),
                golden.floats("template_torsion_angles_mask"));
    }

    /** The structure of a masked residue is rounding noise of -1e5, so it is left out. */
    private static void compare(String pass, Golden golden, NetworkOutput output) {
        FloatTensor mask = golden.floats("seq_mask");
        close(output.msaFirstRow(), golden, pass + "m_first_row");
        close(output.pair(), golden, pass + "z");
        close(output.distogramLogits(), golden, pass + "distogram_logits");
        close(output.maskedMsaLogits().orElseThrow(), golden, pass + "masked_msa_logits");
        close(output.resolvedLogits().orElseThrow(), golden, pass + "experimentally_resolved_logits");
        close(output.secondaryStructureLogits().orElseThrow(), golden, pass + "secondary_structure_logits");
        close(output.alignedErrorLogits().orElseThrow(), golden, pass + "predicted_aligned_error_logits");
        closeWhere(mask, output.plddtLogits(), golden.expected(pass + "plddt_logits"), pass + "pLDDT");
        closeWhere(mask, output.rotations(), last(golden, pass + "rotations"), pass + "rotations");
        closeWhere(mask, output.translations(), last(golden, pass + "translations"), pass + "translations");
        closeWhere(mask, output.torsions(), last(golden, pass + "angles"), pass + "torsions");
    }

    private static FloatTensor last(Golden golden, String name) {
        return Tensors.slice(golden.expected(name), -1);
    }

    private static void close(FloatTensor actual, Golden golden, String name) {
        Tensors.assertClose(name, actual, golden.expected(name), TOLERANCE);
    }

    private static void closeWhere(FloatTensor mask, FloatTensor actual, FloatTensor expected, String name) {
        Tensors.assertClose(name, Tensors.masked(actual, mask), Tensors.masked(expected, mask), TOLERANCE);
    }
}
