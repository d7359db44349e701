package org.anfinsen.network.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The model packages of one directory, side by side. */
public final class ModelRegistry {
    private final Path directory;

    /** Packages are the subdirectories that hold a card; the directory need not exist yet. */
    public ModelRegistry(Path directory) {
        this.directory = directory;
    }

    /** The cards of all packages, by name; parameters are not read. */
    public List<ModelCard> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .map(entry -> entry.resolve(ModelPackage.CARD))
                    .filter(Files::isRegularFile)
                    .map(ModelCard::read)
                    .sorted(Comparator.comparing(ModelCard::name))
                    .toList();
        } catch (IOException e) {
            throw new ModelException("cannot list the models in " + directory, e);
        }
    }

    /**
     * The card of a package, without reading its parameters.
     *
     * @throws ModelException if there is none of that name, or its card cannot be read
     */
    public ModelCard card(String name) {
        ModelCard.requireName(name);
        return ModelCard.read(directory.resolve(name).resolve(ModelPackage.CARD));
    }

    /**
     * Opens a package, which verifies it.
     *
     * @throws ModelException if there is none of that name, or it is damaged
     */
    public ModelPackage open(String name) {
        ModelCard.requireName(name);
        ModelPackage opened = ModelPackage.open(directory.resolve(name));
        if (!opened.card().name().equals(name)) {
            throw new ModelException("the package " + directory.resolve(name) + " is named "
                    + opened.card().name());
        }
        return opened;
    }

    /**
     * Deletes a package.
     *
     * @throws ModelException if there is none of that name
     */
    public void remove(String name) {
        ModelCard.requireName(name);
        Path entry = directory.resolve(name);
        if (!Files.isRegularFile(entry.resolve(ModelPackage.CARD))) {
            throw new ModelException("there is no model named " + name + " in " + directory);
        }
        try {
            // The card goes first: a directory without one is not a package, whatever happens then.
            Files.delete(entry.resolve(ModelPackage.CARD));
            GraphCache.deleteDirectory(entry);
        } catch (IOException e) {
            throw new ModelException("cannot remove " + entry, e);
        }
    }
}
