package org.anfinsen.db.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the class path.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path directory) {

    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");
    private static final String PREFIX = "server-";

    /**
     * Unpacks the programs for this machine, unless that was done before, and removes those of an earlier version.
     *
     * @param parent where to; the name of the directory below it holds the archive's checksum
     * @throws EmbeddedPostgresException if there are none for this machine
     */
    static PostgresBinaries unpack(Path parent) throws IOException {
        String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        byte[] packed;
        try (InputStream in = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive)) {
            if (in == null) {
                throw new EmbeddedPostgresException(archive + " is not on the class path");
            }
            packed = in.readAllBytes();
        }
        Path directory = parent.resolve(PREFIX + checksum(packed));
        if (!Files.isDirectory(directory)) {
            Path partial = parent.resolve(PREFIX + "partial");
            Directories.delete(partial);
            extract(packed, partial);
            // Only whole directories bear the final name, whenever the process is killed.
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        try (Stream<Path> others = Files.list(parent)) {
            for (Path other : (Iterable<Path>) others::iterator) {
                if (other.getFileName().toString().startsWith(PREFIX) && !other.equals(directory)) {
                    Directories.delete(other);
                }
            }
        }
        return new PostgresBinaries(directory);
    }

    /** One of {@code initdb}, {@code pg_ctl} and {@code postgres}. */
    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    /** The major version, such as 18. */
    int majorVersion() {
        String said = new Command(ServerAccount.SAME, List.of(program("postgres"), "--version"))
                .run(Duration.ofSeconds(10))
                .output();
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new EmbeddedPostgresException("postgres --version says: " + said);
        }
        return Integer.parseInt(version.group(1));
    }

    /** The archive's name on the class path for a system and an architecture as Java names them. */
    static String archive(String system, String architecture) {
        String where = system.toLowerCase(Locale.ROOT) + "/" + architecture;
        return switch (where) {
            case "linux/amd64" -> "postgres-linux-x86_64.txz";
            case "linux/aarch64" -> "postgres-linux-arm_64.txz";
            default ->
                throw new EmbeddedPostgresException(
                        "no PostgreSQL comes along for " + where + ": set spring.datasource.url to a server");
        };
    }

    private static void extract(byte[] packed, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(packed)), 1 << 16))) {
            Files.createDirectories(target);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException(entry.getName() + " leads out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(tar, file);
                    String rights = (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
                }
            }
        }
    }

    private static String checksum(byte[] bytes) {
        return DigestUtils.sha256Hex(bytes).substring(0, 16);
    }
}
