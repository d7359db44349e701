package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.DoubleConsumer;

/** The databases that a user has named: a file {@code <name>.properties} for each in one directory. */
public final class DatabaseRegistry {

    private static final String ENDING = ".properties";
    private static final String STAMP = "stamp";

    private final Path directory;
    private final DoubleConsumer progress;

    /** The directory is made when the first database is added. */
    public DatabaseRegistry(Path directory) {
        this(directory, share -> {});
    }

    private DatabaseRegistry(Path directory, DoubleConsumer progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** The same, telling which share of a database's bytes is read while its files are. */
    public DatabaseRegistry telling(DoubleConsumer listener) {
        return new DatabaseRegistry(directory, listener);
    }

    /** What came of checking a database's files. */
    public sealed interface Verification {
        /** All files are as they were when the database was added. */
        record Unchanged() implements Verification {}

        /** The files are there and differ. */
        record Changed(String expected, String found) implements Verification {}

        /** No file is there. */
        record Missing(String location) implements Verification {}

        /** It is a server: there are no files to check. */
        record Remote() implements Verification {}
    }

    /**
     * Names a database after reading its files for the checksum.
     *
     * @throws IOException              if there are no such files, or the registry cannot be written
     * @throws IllegalArgumentException if the name is taken or is no name
     */
    public Database add(String name, EngineKind engine, String location, String version) throws IOException {
        String where = engine.isLocal()
                ? Path.of(location).toAbsolutePath().normalize().toString()
                : location;
        Database unchecked = new Database(name, engine, where, version, "");
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("there is already a database " + name);
        }
        String checksum = engine.isLocal() ? DatabaseFiles.checksum(engine, unchecked.path(), progress) : "";
        Database database = new Database(name, engine, where, version, checksum);
        write(database);
        return database;
    }

    private void write(Database database) throws IOException {
        EngineKind engine = database.engine();
        Properties properties = new Properties();
        properties.setProperty("engine", engine.code());
        properties.setProperty("location", database.location());
        properties.setProperty("version", database.version());
        properties.setProperty("checksum", database.checksum());
        properties.setProperty(STAMP, engine.isLocal() ? DatabaseFiles.stamp(engine, database.path()) : "");
        String name = database.name();
        Files.createDirectories(directory);
        Path written = Files.createTempFile(directory, name, ".tmp");
        try (OutputStream out = Files.newOutputStream(written)) {
            properties.store(out, "A database of Anfinsen");
        }
        Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Whether the files of a database are others than when it was added or last verified, as far as their number, size and
     * time tell; their content is not read.
     */
    public boolean looksChanged(Database database) throws IOException {
        if (!database.engine().isLocal()
                || DatabaseFiles.list(database.engine(), database.path()).isEmpty()) {
            return false;
        }
        return !DatabaseFiles.stamp(database.engine(), database.path())
                .equals(properties(file(database.name())).getProperty(STAMP, ""));
    }

    /** All databases, by name. */
    public List<Database> list() throws IOException {
        List<Database> databases = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
                for (Path file : files) {
                    databases.add(read(file));
                }
            }
        }
        databases.sort(Comparator.comparing(Database::name));
        return databases;
    }

    /** The database of that name, if there is one. */
    public Optional<Database> find(String name) throws IOException {
        return list().stream().filter(database -> database.name().equals(name)).findFirst();
    }

    /** Forgets a database; its files stay. Whether there was one. */
    public boolean remove(String name) throws IOException {
        return find(name).isPresent() && Files.deleteIfExists(file(name));
    }

    /** Reads all files of a database and compares. If they are unchanged, they no longer {@link #looksChanged}. */
    public Verification verify(Database database) throws IOException {
        if (!database.engine().isLocal()) {
            return new Verification.Remote();
        }
        if (DatabaseFiles.list(database.engine(), database.path()).isEmpty()) {
            return new Verification.Missing(database.location());
        }
        String found = DatabaseFiles.checksum(database.engine(), database.path(), progress);
        if (!found.equals(database.checksum())) {
            return new Verification.Changed(database.checksum(), found);
        }
        if (looksChanged(database)) {
            write(database);
        }
        return new Verification.Unchanged();
    }

    private Path file(String name) {
        return directory.resolve(name + ENDING);
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static Database read(Path file) throws IOException {
        try {
            Properties properties = properties(file);
            String fileName = String.valueOf(file.getFileName());
            return new Database(
                    fileName.substring(0, fileName.length() - ENDING.length()),
                    EngineKind.ofCode(properties.getProperty("engine", "")).orElseThrow(),
                    properties.getProperty("location", ""),
                    properties.getProperty("version", ""),
                    properties.getProperty("checksum", ""));
        } catch (RuntimeException e) {
            throw new IOException(file + " does not describe a database", e);
        }
    }
}
