package org.anfinsen.pipeline.qualification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.model.ModelImporter;
import org.anfinsen.network.model.ModelPackage;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.SessionSettings;

/** Makes model packages with parameters kept in less than single precision. */
public final class CompressedImport {

    private CompressedImport() {}

    /**
     * Compresses parameters, folds a protein with them and with the original, and makes a package whose card says how
     * far apart the two came out. The package appears whole or not at all.
     *
     * @param source  parameters as {@link ModelImporter#importParameters} takes them, in any precision
     * @param details as for an import in single precision, but for the precision, which is the one wanted; the differences
     *     are added to its metrics
     * @param models  directory of packages
     * @throws org.anfinsen.network.parameters.ParameterException as in {@link ModelImporter#importParameters}, and if a
     *     value is too large for the precision
     * @throws ModelException if there is a package of that name, or the files cannot be written
     */
    public static ModelPackage importParameters(Path source, ModelImporter.Details details, Path models) {
        try {
            Path scratch = Files.createTempDirectory("anfinsen-import");
            try {
                Path compressed = scratch.resolve(ModelPackage.PARAMETERS);
                ParameterFile.write(ParameterFile.read(source), compressed, details.precision());
                ModelPackage reference = ModelImporter.importParameters(
                        source,
                        with(details, Precision.FP32, details.provenance(), Map.of()),
                        scratch.resolve("reference"));
                ModelPackage candidate =
                        ModelImporter.importParameters(compressed, details, scratch.resolve("candidate"));
                Qualification differences = qualify(reference, candidate, scratch.resolve("graphs"));
                return ModelImporter.importParameters(
                        compressed,
                        with(details, details.precision(), reference.card().provenance(), differences.metrics()),
                        models);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new ModelException("cannot write the compressed parameters: " + e.getMessage(), e);
        }
    }

    private static Qualification qualify(ModelPackage reference, ModelPackage candidate, Path graphs) {
        try (NetworkSession a = reference.openSession(graphs, SessionSettings.defaults());
                NetworkSession b = candidate.openSession(graphs, SessionSettings.defaults())) {
            return Qualification.of(a, b, reference.card());
        }
    }

    private static ModelImporter.Details with(
            ModelImporter.Details details,
            Precision precision,
            Map<String, String> provenance,
            Map<String, Double> differences) {
        Map<String, Double> metrics = new HashMap<>(details.metrics());
        metrics.putAll(differences);
        return new ModelImporter.Details(
                details.name(),
                details.version(),
                details.description(),
                details.licence(),
                precision,
                details.recycles(),
                details.features(),
                provenance,
                metrics);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> entries = Files.walk(directory)) {
            deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.delete(entry);
        }
    }
}
