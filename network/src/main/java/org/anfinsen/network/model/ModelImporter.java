package org.anfinsen.network.model;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.parameters.Precision;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** Makes model packages of parameter files. */
public final class ModelImporter {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private ModelImporter() {}

    /**
     * What the importer cannot read from the file.
     *
     * @param name see {@link ModelCard#name}
     * @param precision what the file's parameters are kept in, and what the network is to compute in
     * @param recycles passes after the first that a prediction takes unless told otherwise
     * @param features see {@link ModelCard#features}
     * @param provenance the source file's name is added
     */
    public record Details(
            String name,
            String version,
            String description,
            String licence,
            Precision precision,
            int recycles,
            ModelCard.Features features,
            Map<String, String> provenance,
            Map<String, Double> metrics) {}

    /**
     * Checks parameters, builds their graph once to see that every array is used, and makes a package of them. The
     * package appears whole or not at all.
     *
     * @param source AlphaFold's parameters, an npz that the package keeps as it is, or OpenFold's checkpoint
     * @param models directory of packages; the new one is {@code models/<name>}
     * @throws ParameterException if an array is missing, left over or of the wrong shape: key and both shapes given
     * @throws ModelException if there is a package of that name, or the files cannot be written
     */
    public static ModelPackage importParameters(Path source, Details details, Path models) {
        ModelCard.requireName(details.name());
        Path target = models.resolve(details.name());
        if (Files.exists(target)) {
            throw new ModelException("there is a model named " + details.name() + " already, in " + target);
        }
        try {
            Files.createDirectories(models);
            Path unfinished = Files.createTempDirectory(models, "." + details.name());
            try {
                Parameters parameters = ParameterFile.read(source);
                NetworkDimensions sizes = checkByExport(parameters, unfinished);
                writeParameters(parameters, source, unfinished.resolve(ModelPackage.PARAMETERS));
                describe(unfinished, source, details, sizes);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                GraphCache.deleteDirectory(unfinished);
            }
        } catch (IOException e) {
            throw new ModelException("cannot write the model package " + target + ": " + e.getMessage(), e);
        }
        return ModelPackage.open(target);
    }

    private static NetworkDimensions checkByExport(Parameters parameters, Path scratch) throws IOException {
        Path graph = scratch.resolve("check.onnx");
        try {
            return IterationExporter.export(parameters, false, graph, Map.of());
        } finally {
            Files.deleteIfExists(graph);
            Files.deleteIfExists(scratch.resolve("check.onnx.data"));
        }
    }

    private static void writeParameters(Parameters parameters, Path source, Path npz) throws IOException {
        if (ParameterFile.isCheckpoint(source)) {
            ParameterFile.write(parameters, npz, Precision.FP32);
        } else {
            Files.copy(source, npz);
        }
    }

    private static void describe(Path directory, Path source, Details details, NetworkDimensions sizes)
            throws IOException {
        Map<String, String> provenance = new TreeMap<>(details.provenance());
        provenance.putIfAbsent("imported-from", String.valueOf(source.getFileName()));
        ModelCard card = new ModelCard(
                details.name(),
                details.version(),
                Instant.now(),
                details.description(),
                details.licence(),
                new DigestUtils(MessageDigestAlgorithms.SHA_256)
                        .digestAsHex(directory.resolve(ModelPackage.PARAMETERS)),
                details.precision(),
                details.recycles(),
                details.features(),
                null,
                provenance,
                details.metrics());
        card.write(directory.resolve(ModelPackage.CARD));
        Files.writeString(directory.resolve(ModelPackage.README), readme(card, sizes));
    }

    private static String readme(ModelCard card, NetworkDimensions sizes) {
        return """
                # %s %s

                %s

                Licence of the parameters: %s. SHA-256 of `parameters.npz`: `%s`.

                %d Evoformer blocks, %d extra-MSA blocks; c_m %d, c_z %d, c_s %d; %s templates.
                %s""".formatted(
                        card.name(),
                        card.version(),
                        card.description(),
                        card.licence(),
                        card.parametersSha256(),
                        sizes.evoformerBlocks(),
                        sizes.extraMsaBlocks(),
                        sizes.cM(),
                        sizes.cZ(),
                        sizes.cS(),
                        sizes.hasTemplates() ? "takes" : "takes no",
                        table(card.metrics()));
    }

    private static String table(Map<String, Double> metrics) {
        if (metrics.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("\n| measured | |\n| --- | --- |\n");
        new TreeMap<>(metrics)
                .forEach((name, value) ->
                        table.append("| %s | %s |%n".formatted(name, new BigDecimal(value).round(FOUR_DIGITS))));
        return table.toString();
    }
}
