package org.anfinsen.msa.search;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named database to search in.
 *
 * @param name     letters, digits, {@code . _ -}, not {@value #NONE}; what jobs call it
 * @param engine   the engine that can search it
 * @param location a path or an address, see {@link EngineKind}
 * @param version  what its owner calls this state of it, such as {@code 2026_03}
 * @param checksum SHA-256 of its files in hexadecimal, see {@link DatabaseFiles#checksum}; empty for a server
 * @throws IllegalArgumentException if the name has other characters, or location or version is blank
 */
public record Database(String name, EngineKind engine, String location, String version, String checksum) {

    /** What a job says that wants no database. */
    public static final String NONE = "none";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public Database {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(checksum, "checksum");
        if (!NAME.matcher(name).matches() || name.equals(NONE)) {
            throw new IllegalArgumentException(
                    "database name '" + name + "': up to 100 letters, digits, '.', '_' and '-', and not " + NONE);
        }
        if (location.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("database " + name + " needs a location and a version");
        }
    }

    /** {@link #location()} as a path. */
    public Path path() {
        return Path.of(location);
    }
}
