package org.anfinsen.network.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.network.run.GraphSession;
import org.anfinsen.network.run.NetworkException;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.SessionSettings;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/**
 * A model on disk: a directory with {@code parameters.npz}, which everything else is derived from, its card
 * {@code model.json} and a {@code README.md}.
 */
public final class ModelPackage {
    /** The parameters' file name in a package. */
    public static final String PARAMETERS = "parameters.npz";

    /** The card's file name in a package. */
    public static final String CARD = "model.json";

    /** The file name of the words for people. */
    public static final String README = "README.md";

    private final Path directory;
    private final ModelCard card;
    private final NetworkDimensions dimensions;

    private ModelPackage(Path directory, ModelCard card, NetworkDimensions dimensions) {
        this.directory = directory;
        this.card = card;
        this.dimensions = dimensions;
    }

    /**
     * Opens a package and verifies it: the card can be read, the checksum is that of the parameters, and these have
     * the arrays that give a network its sizes.
     *
     * @throws ModelException if the package is incomplete or damaged
     * @throws ParameterException if the parameters are not a network's
     */
    public static ModelPackage open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ModelException("there is no model package at " + directory);
        }
        ModelCard card = ModelCard.read(directory.resolve(CARD));
        Path parameters = directory.resolve(PARAMETERS);
        String found;
        try {
            found = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(parameters);
        } catch (IOException e) {
            throw new ModelException("cannot read " + parameters + ": " + e.getMessage(), e);
        }
        if (!found.equals(card.parametersSha256())) {
            throw new ModelException(parameters + ": checksum " + found + ", the card says " + card.parametersSha256());
        }
        return new ModelPackage(directory, card, NetworkDimensions.of(ParameterFile.read(parameters)));
    }

    /** What the model is. */
    public ModelCard card() {
        return card;
    }

    /** Its sizes. */
    public NetworkDimensions dimensions() {
        return dimensions;
    }

    /** Where it lies. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes the network ready to run. The first call on a machine derives the graph, which takes seconds for the
     * published networks.
     *
     * @param cache directory for derived graphs; it may be deleted whenever no session is open
     * @return to be closed by the caller
     * @throws ModelException if the graph cannot be written
     * @throws NetworkException if it cannot be loaded
     */
    public NetworkSession openSession(Path cache, SessionSettings settings) {
        try {
            // CUDA has no kernels for the products of integers.
            boolean inEightBits = card.precision() == Precision.INT8
                    && GraphSession.whyNotCuda(settings).isPresent();
            Path graph = new GraphCache(cache).graph(card, directory.resolve(PARAMETERS), inEightBits);
            return NetworkSession.open(graph, dimensions, settings);
        } catch (IOException e) {
            throw new ModelException("cannot write the graph of " + card.name() + " to " + cache, e);
        }
    }

    @Override
    public String toString() {
        return card.name() + " " + card.version();
    }
}
