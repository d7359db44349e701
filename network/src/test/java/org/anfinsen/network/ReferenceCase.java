package org.anfinsen.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.TemplateInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;

/**
 * One case of the published implementation's reference values, {@code case_*_r*.npz}. Features are {@code in/x} where
 * it exists, else {@code feat/x}.
 */
final class ReferenceCase implements AutoCloseable {
    private static final int MSA_CLASSES = 23;

    private final Path file;
    private final Npz npz;

    ReferenceCase(Path file) {
        this.file = file;
        this.npz = Npz.open(file);
    }

    /** Where the cases are, whether or not the directory exists. */
    static Path directory() {
        return Path.of(System.getProperty(
                "anfinsen.reference", System.getProperty("anfinsen.shared", "../shared") + "/reference/alphafold2"));
    }

    /** All case files, none if the directory is missing. */
    static List<Path> files() throws IOException {
        if (!Files.isDirectory(directory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.getFileName().toString().matches("case_.*_r\\d+\\.npz"))
                    .sorted()
                    .toList();
        }
    }

    Path parameters() {
        String model = hasTemplates() ? "params_tiny_model_1_ptm.npz" : "params_tiny_model_3_ptm.npz";
        return file.resolveSibling(model);
    }

    boolean hasTemplates() {
        return file.getFileName().toString().contains("templates");
    }

    int passes() {
        return floats("out/recycle_in/m_prev").dimension(0);
    }

    FloatTensor floats(String name) {
        return npz.floats(name);
    }

    FloatTensor out(String name) {
        return npz.floats("out/" + name);
    }

    FloatTensor feature(String name) {
        return npz.floats(featureName(name));
    }

    IntTensor integerFeature(String name) {
        return npz.integers(featureName(name));
    }

    private String featureName(String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry("in/" + name + ".npy") == null ? "feat/" + name : "in/" + name;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    NetworkInput input() {
        return new NetworkInput(
                feature("target_feat"),
                integerFeature("residue_index"),
                feature("seq_mask"),
                feature("msa_feat"),
                feature("msa_mask"),
                extraMsaFeat(),
                feature("extra_msa_mask"),
                Optional.empty(),
                hasTemplates() ? Optional.of(templates()) : Optional.empty());
    }

    /** One-hot letters, has-deletion, deletion value. */
    private FloatTensor extraMsaFeat() {
        IntTensor letters = integerFeature("extra_msa");
        FloatTensor hasDeletion = feature("extra_has_deletion");
        FloatTensor deletionValue = feature("extra_deletion_value");
        int width = MSA_CLASSES + 2;
        float[] data = new float[letters.size() * width];
        for (int i = 0; i < letters.size(); i++) {
            data[i * width + letters.data()[i]] = 1;
            data[i * width + MSA_CLASSES] = hasDeletion.data()[i];
            data[i * width + MSA_CLASSES + 1] = deletionValue.data()[i];
        }
        return FloatTensor.of(data, letters.dimension(0), letters.dimension(1), width);
    }

    TemplateInput templates() {
        return new TemplateInput(
                integerFeature("template_aatype"),
                feature("template_mask"),
                feature("template_pseudo_beta"),
                feature("template_pseudo_beta_mask"),
                Tensors.backboneMask(feature("template_all_atom_mask")),
                feature("template_torsion_angles_sin_cos"),
                feature("template_alt_torsion_angles_sin_cos"),
                feature("template_torsion_angles_mask"));
    }

    /** The mask of the Evoformer's MSA: after the clusters come the templates' rows with their mask of psi. */
    FloatTensor evoformerMask() {
        FloatTensor clusters = feature("msa_mask");
        if (!hasTemplates()) {
            return clusters;
        }
        FloatTensor torsions = feature("template_torsion_angles_mask");
        int nRes = clusters.dimension(1);
        int rows = clusters.dimension(0) + torsions.dimension(0);
        float[] mask = Arrays.copyOf(clusters.data(), rows * nRes);
        for (int i = 0; i < torsions.size() / 7; i++) {
            mask[clusters.size() + i] = torsions.data()[i * 7 + 2];
        }
        return FloatTensor.of(mask, rows, nRes);
    }

    FloatTensor pairMask() {
        FloatTensor mask = feature("seq_mask");
        int nRes = mask.size();
        float[] pairs = new float[nRes * nRes];
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                pairs[i * nRes + j] = mask.at(i) * mask.at(j);
            }
        }
        return FloatTensor.of(pairs, nRes, nRes);
    }

    /** The rotations of the last iteration, from its quaternions. */
    FloatTensor finalRotations() {
        FloatTensor frames = Tensors.slice(out("sm/frames_quat_trans"), -1);
        float[] data = new float[frames.dimension(0) * 9];
        for (int i = 0; i < frames.dimension(0); i++) {
            float w = frames.at(i, 0);
            float x = frames.at(i, 1);
            float y = frames.at(i, 2);
            float z = frames.at(i, 3);
            float[] rotation = {
                w * w + x * x - y * y - z * z,
                2 * (x * y - w * z),
                2 * (x * z + w * y),
                2 * (x * y + w * z),
                w * w - x * x + y * y - z * z,
                2 * (y * z - w * x),
                2 * (x * z - w * y),
                2 * (y * z + w * x),
                w * w - x * x - y * y + z * z
            };
            System.arraycopy(rotation, 0, data, i * 9, 9);
        }
        return FloatTensor.of(data, frames.dimension(0), 3, 3);
    }

    /** The translations of the last iteration in Å. */
    FloatTensor finalTranslations() {
        FloatTensor frames = Tensors.slice(out("sm/frames_quat_trans"), -1);
        int nRes = frames.dimension(0);
        float[] data = new float[nRes * 3];
        IntStream.range(0, data.length).forEach(i -> data[i] = frames.at(i / 3, 4 + i % 3));
        return FloatTensor.of(data, nRes, 3);
    }

    @Override
    public void close() {
        npz.close();
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
