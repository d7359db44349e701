package org.anfinsen.pipeline.template;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.springframework.util.FileSystemUtils;

/** The libraries of templates that a user has named: a directory with an index for each. */
public final class TemplateLibraries {

    /** Shorter chains align with anything. AlphaFold leaves them out too. */
    public static final int RESIDUES_MIN = 10;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String UNFINISHED = ".unfinished";

    /** Files that are read before their chains are written. */
    private static final int BATCH = 256;

    private final Path directory;
    private final DoubleConsumer progress;

    /** The directory is made when the first library is added. */
    public TemplateLibraries(Path directory) {
        this(directory, share -> {});
    }

    private TemplateLibraries(Path directory, DoubleConsumer progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** The same, telling which share of a library's files is read while they are. */
    public TemplateLibraries telling(DoubleConsumer listener) {
        return new TemplateLibraries(directory, listener);
    }

    /** What came of checking a library's files. */
    public sealed interface Verification {
        /** All files are as they were. */
        record Unchanged() implements Verification {}

        /** Files that are gone or differ, relative to the folder. */
        record Changed(List<String> files) implements Verification {}
    }

    /**
     * Indexes a folder and all folders in it: files that end in {@code .cif}, {@code .mmcif}, {@code .pdb} or {@code .ent},
     * gzipped or not.
     *
     * @param unreadable hears of each file that is left out, and why
     * @throws IOException              if there is no such folder or the index cannot be written
     * @throws IllegalArgumentException if the name is taken or is no name, or no file has a chain that is long enough
     */
    public TemplateLibrary add(String name, Path folder, Consumer<String> unreadable) throws IOException {
        if (!NAME.matcher(name).matches() || name.endsWith(UNFINISHED)) {
            throw new IllegalArgumentException(
                    "library name '" + name + "': up to 100 letters, digits, '.', '_' and '-'");
        }
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("there is already a library " + name);
        }
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw new IOException("there is no folder " + folder);
        }
        Path unfinished = emptied(name);
        try {
            TemplateLibrary library = write(name, root, unfinished, unreadable);
            Files.move(unfinished, index(name), StandardCopyOption.ATOMIC_MOVE);
            return library;
        } finally {
            FileSystemUtils.deleteRecursively(unfinished);
        }
    }

    private Path emptied(String name) throws IOException {
        Path unfinished = directory.resolve(name + UNFINISHED);
        FileSystemUtils.deleteRecursively(unfinished);
        return Files.createDirectories(unfinished);
    }

    private TemplateLibrary write(String name, Path root, Path index, Consumer<String> unreadable) throws IOException {
        StructureFolder folder = new StructureFolder(root);
        List<Path> paths = folder.files();
        int chains = 0;
        int files = 0;
        try (LibraryIndex writer = new LibraryIndex(index)) {
            for (int start = 0; start < paths.size(); start += BATCH) {
                List<Path> batch = paths.subList(start, Math.min(start + BATCH, paths.size()));
                for (StructureFolder.Contents contents :
                        batch.parallelStream().map(folder::read).toList()) {
                    if (contents.fault() != null) {
                        unreadable.accept(contents.fault());
                    }
                    for (TemplateChain chain : contents.chains()) {
                        // HH-suite wants its entries in the order of their names.
                        writer.add(chain.withKey(String.format(Locale.ROOT, "t%09d", chains)));
                        chains++;
                    }
                    files += contents.chains().isEmpty() ? 0 : 1;
                }
                progress.accept((double) (start + batch.size()) / paths.size());
            }
        }
        if (chains == 0) {
            throw new IllegalArgumentException(
                    "no PDB or mmCIF file in " + root + " has a chain of " + RESIDUES_MIN + " residues");
        }
        String checksum =
                new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(index.resolve(TemplateLibrary.CHAINS));
        TemplateLibrary library = new TemplateLibrary(name, root.toString(), chains, files, checksum, Instant.now());
        Files.writeString(index.resolve(TemplateLibrary.CARD), TemplateLibrary.JSON.writeValueAsString(library));
        return library;
    }

    /** All libraries, by name. */
    public List<TemplateLibrary> list() throws IOException {
        List<TemplateLibrary> libraries = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                for (Path child : children) {
                    Path card = child.resolve(TemplateLibrary.CARD);
                    if (!child.toString().endsWith(UNFINISHED) && Files.isRegularFile(card)) {
                        libraries.add(TemplateLibrary.JSON.readValue(Files.readString(card), TemplateLibrary.class));
                    }
                }
            }
        }
        libraries.sort(Comparator.comparing(TemplateLibrary::name));
        return libraries;
    }

    /** The library of that name, if there is one. */
    public Optional<TemplateLibrary> find(String name) throws IOException {
        return list().stream().filter(library -> library.name().equals(name)).findFirst();
    }

    /** Where a library's index is. */
    Path index(String name) {
        return directory.resolve(name);
    }

    /** Forgets a library; the structure files stay. Whether there was one. */
    public boolean remove(String name) throws IOException {
        if (find(name).isEmpty()) {
            return false;
        }
        Path unfinished = emptied(name);
        Files.move(index(name), unfinished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return FileSystemUtils.deleteRecursively(unfinished);
    }

    /** Reads all structure files of a library and compares. */
    public Verification verify(TemplateLibrary library) throws IOException {
        Map<String, String> checksums = new TreeMap<>();
        for (TemplateChain chain :
                TemplateLibrary.chains(index(library.name()), key -> true).values()) {
            checksums.put(chain.file(), chain.sha256());
        }
        List<String> changed = new ArrayList<>();
        int read = 0;
        for (Map.Entry<String, String> expected : checksums.entrySet()) {
            Path file = Path.of(library.folder(), expected.getKey());
            if (!Files.isRegularFile(file)
                    || !new DigestUtils(MessageDigestAlgorithms.SHA_256)
                            .digestAsHex(file)
                            .equals(expected.getValue())) {
                changed.add(expected.getKey());
            }
            progress.accept((double) ++read / checksums.size());
        }
        return changed.isEmpty() ? new Verification.Unchanged() : new Verification.Changed(changed);
    }
}
