package org.anfinsen.db.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.databind.json.JsonMapper;

/** Writes a database into a file, as it is at one moment, whoever works on it meanwhile. */
public final class Backup {

    private Backup() {}

    /**
     * Writes a new file, which only its owner may read: it appears whole or not at all.
     *
     * @throws BackupException if the database cannot be read
     * @throws IOException     if the file exists, or cannot be written
     */
    public static Contents write(DataSource database, Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw new IOException(file + " exists already");
        }
        Path partial = Files.createTempFile(
                absolute.getParent(),
                absolute.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            Contents contents = write(connection, partial);
            connection.rollback();
            Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
            return contents;
        } catch (SQLException e) {
            throw new BackupException("the database cannot be backed up: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Contents write(Connection connection, Path file) throws SQLException, IOException {
        Catalogue catalogue = new Catalogue(connection);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<Contents.Table> tables = new ArrayList<>();
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16))) {
            // Most of it is compressed already.
            zip.setLevel(Deflater.BEST_SPEED);
            for (String name : catalogue.tables()) {
                zip.putNextEntry(new ZipEntry(new Contents.Table(name, 0).entry()));
                long rows = copies.copyOut("copy " + Catalogue.quoted(name) + " to stdout with (format binary)", zip);
                zip.closeEntry();
                tables.add(new Contents.Table(name, rows));
            }
            Contents contents = new Contents(
                    Contents.FORMAT, catalogue.now(), catalogue.migrations(), tables, catalogue.sequences());
            zip.putNextEntry(new ZipEntry(Contents.ENTRY));
            zip.write(JsonMapper.builder().build().writeValueAsBytes(contents));
            zip.closeEntry();
            return contents;
        }
    }
}
