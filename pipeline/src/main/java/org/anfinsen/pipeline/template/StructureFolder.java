package org.anfinsen.pipeline.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.StructureEntry;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The structure files in a folder and all folders in it. */
final class StructureFolder {

    private static final Pattern STRUCTURE =
            Pattern.compile("(.+)\\.(?:cif|mmcif|pdb|ent)(?:\\.gz)?", Pattern.CASE_INSENSITIVE);

    private final Path root;

    StructureFolder(Path root) {
        this.root = root;
    }

    /** By path. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> STRUCTURE.matcher(name(file)).matches() && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * What one file holds.
     *
     * @param chains those that are long enough, without keys
     * @param fault  why there is none; null if the file could be read
     */
    record Contents(List<TemplateChain> chains, @Nullable String fault) {}

    Contents read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            StructureEntry entry = StructureReader.readEntry(name(file), content);
            String sha256 = DigestUtils.sha256Hex(content);
            return new Contents(
                    entry.chains().stream()
                            .filter(chain -> chain.length() >= TemplateLibraries.RESIDUES_MIN)
                            .map(chain -> new TemplateChain(
                                    "",
                                    entryName(file),
                                    chain.chainId().strip(),
                                    root.relativize(file).toString(),
                                    sha256,
                                    entry.released().orElse(null),
                                    chain.sequence().residues()))
                            .toList(),
                    null);
        } catch (StructureFormatException e) {
            return new Contents(List.of(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Contents(List.of(), file + " cannot be read: " + e.getMessage());
        }
    }

    /** A chain's structure; empty if its file is not what it was. */
    Optional<ProteinStructure> chain(TemplateChain chain) throws IOException {
        Path file = root.resolve(chain.file());
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        if (!DigestUtils.sha256Hex(content).equals(chain.sha256())) {
            return Optional.empty();
        }
        return StructureReader.read(name(file), content).stream()
                .filter(structure -> structure.chainId().strip().equals(chain.chain()))
                .findFirst();
    }

    private static String entryName(Path file) {
        Matcher matcher = STRUCTURE.matcher(name(file));
        return matcher.matches() ? matcher.group(1) : name(file);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
