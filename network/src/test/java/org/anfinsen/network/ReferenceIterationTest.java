package org.anfinsen.network;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.run.NetworkOutput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whole passes against the published implementation's values, which are not shipped. */
class ReferenceIterationTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> reproducesTheReferenceCases() throws IOException {
        List<Path> files = ReferenceCase.files();
        if (files.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest("reference cases", ReferenceIterationTest::saysThatNoneAreThere));
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> reproduces(file)));
    }

    private static void saysThatNoneAreThere() {
        abort("no case_*_r*.npz in " + ReferenceCase.directory() + ": whole passes not checked against AlphaFold");
    }

    private void reproduces(Path file) throws IOException {
        try (ReferenceCase reference = new ReferenceCase(file)) {
            Path model = directory.resolve("model.onnx");
            NetworkDimensions sizes =
                    IterationExporter.export(ParameterFile.read(reference.parameters()), false, model, Map.of());
            try (NetworkSession session = NetworkSession.open(model, sizes, SessionSettings.cpu(2))) {
                compare(reference, lastPass(reference, session));
            }
        }
    }

    /** Feeds each pass what the one before returned; pseudo-beta positions come from the reference's atoms. */
    private static NetworkOutput lastPass(ReferenceCase reference, NetworkSession session) {
        FloatTensor pseudoBeta = reference.out("recycle_in/pseudo_beta_prev");
        int nRes = pseudoBeta.dimension(1);
        NetworkOutput output = session.run(reference.input(), RecycledInput.zeros(nRes, session.dimensions()));
        for (int pass = 1; pass < reference.passes(); pass++) {
            output = session.run(reference.input(), output.recycled(Tensors.slice(pseudoBeta, pass)));
        }
        return output;
    }

    private static void compare(ReferenceCase reference, NetworkOutput output) {
        close("first MSA row", output.msaFirstRow(), Tensors.slice(reference.out("final/msa"), 0));
        close("pair", output.pair(), reference.out("final/pair"));
        close("single", output.single(), reference.out("final/single"));
        close("rotations", output.rotations(), reference.finalRotations());
        close("translations", output.translations(), reference.finalTranslations());
        close("torsions", output.torsions(), Tensors.slice(reference.out("sm/angles"), -1));
        close(
                "unnormalized torsions",
                output.unnormalizedTorsions(),
                Tensors.slice(reference.out("sm/unnormalized_angles"), -1));
        close("pLDDT logits", output.plddtLogits(), reference.out("head/lddt_logits"));
        close("distogram logits", output.distogramLogits(), reference.out("head/distogram_logits"));
        close("PAE logits", output.alignedErrorLogits().orElseThrow(), reference.out("head/tm_logits"));
        close("MSA logits", output.maskedMsaLogits().orElseThrow(), reference.out("head/masked_msa_logits"));
        close(
                "resolved logits",
                output.resolvedLogits().orElseThrow(),
                reference.out("head/experimentally_resolved_logits"));
    }

    private static void close(String name, FloatTensor actual, FloatTensor expected) {
        Tensors.assertClose(name, actual, expected, TOLERANCE);
    }
}
