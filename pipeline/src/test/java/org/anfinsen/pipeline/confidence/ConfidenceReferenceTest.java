package org.anfinsen.pipeline.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.anfinsen.network.tensor.FloatTensor;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;

/** Compares the decoded heads with the published implementation's values, for every case that is there. */
class ConfidenceReferenceTest {

    private static final Path REFERENCE = Path.of(System.getProperty("anfinsen.reference"));

    @Test
    void decodesPlddtAsAlphaFoldDoes() throws IOException {
        for (Path file : cases()) {
            try (NpzFile.Reader npz = NpzFile.read(file)) {
                Plddt plddt = Plddt.ofLogits(tensor(npz, "out/head/lddt_logits"));
                float[] expected = npz.get("out/head/plddt", STEP).asFloatArray();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(plddt.at(i)).as("%s residue %d", file, i).isCloseTo(expected[i], within(1e-3));
                }
            }
        }
    }

    @Test
    void decodesPredictedAlignedErrorAndPtmAsAlphaFoldDoes() throws IOException {
        for (Path file : cases()) {
            try (NpzFile.Reader npz = NpzFile.read(file)) {
                PredictedAlignedError error = PredictedAlignedError.ofLogits(tensor(npz, "out/head/tm_logits"));
                FloatTensor expected = tensor(npz, "out/head/predicted_aligned_error");
                for (int i = 0; i < error.length(); i++) {
                    for (int j = 0; j < error.length(); j++) {
                        assertThat(error.at(i, j))
                                .as("%s (%d, %d)", file, i, j)
                                .isCloseTo(expected.at(i, j), within(1e-3));
                    }
                }
                assertThat(error.ptm()).isCloseTo(scalar(file, "out/head/ptm_score"), within(1e-5));
                assertThat(error.maxAngstrom())
                        .isCloseTo(scalar(file, "out/head/max_predicted_aligned_error"), within(1e-5));
            }
        }
    }

    private static final int STEP = 1 << 24;

    private static List<Path> cases() throws IOException {
        assumeTrue(
                Files.isDirectory(REFERENCE),
                "pLDDT, PAE and pTM were not compared with AlphaFold's: no directory " + REFERENCE);
        try (Stream<Path> files = Files.list(REFERENCE)) {
            List<Path> cases = files.filter(
                            file -> file.getFileName().toString().matches("case_.*_r\\d+\\.npz"))
                    .sorted()
                    .toList();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    private static FloatTensor tensor(NpzFile.Reader npz, String name) {
        NpyArray array = npz.get(name, STEP);
        return FloatTensor.of(array.asFloatArray(), array.getShape());
    }

    /** A single number, which the library does not read: the last bytes of the entry. */
    private static double scalar(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] npy = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
            boolean single = new String(npy, StandardCharsets.ISO_8859_1).contains("'<f4'");
            ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
            return single ? buffer.getFloat(npy.length - 4) : buffer.getDouble(npy.length - 8);
        }
    }
}
