package org.anfinsen.db.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.anfinsen.db.Schema;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Fills a database from a {@link Backup}: all of it, or nothing. */
public final class Restoration {

    private Restoration() {}

    /**
     * Restores into a database without rows, and brings the tables forward to this version of the software.
     *
     * @throws BackupException if the file is no backup, was made by a later version, or the database is not empty
     * @throws IOException     if the file cannot be read
     */
    public static Contents read(Path file, DataSource database) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Contents contents = contents(zip, file);
            try (Connection connection = database.getConnection()) {
                requireEmpty(connection);
                Schema.migrateTo(database, contents.migrations().getLast());
                connection.setAutoCommit(false);
                fill(connection, contents, zip);
                connection.commit();
            }
            Schema.migrate(database);
            return contents;
        } catch (ZipException e) {
            throw new BackupException(file + " is no backup, or damaged: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new BackupException("the database cannot be restored: " + e.getMessage(), e);
        }
    }

    private static Contents contents(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(Contents.ENTRY);
        if (entry == null) {
            throw new BackupException(file + " is no backup: it has no " + Contents.ENTRY);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Contents contents = JsonMapper.builder().build().readValue(in, Contents.class);
            if (contents.format() != Contents.FORMAT || contents.migrations().isEmpty()) {
                throw new BackupException(
                        file + " has format " + contents.format() + ", this version reads " + Contents.FORMAT);
            }
            return contents;
        } catch (JacksonException e) {
            throw new BackupException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        Catalogue catalogue = new Catalogue(connection);
        for (String table : catalogue.tables()) {
            if (!catalogue.isEmpty(table)) {
                throw new BackupException(
                        "the database is not empty: there are rows in " + table + ". Restore into a new one");
            }
        }
    }

    private static void fill(Connection connection, Contents contents, ZipFile zip) throws SQLException, IOException {
        Catalogue catalogue = new Catalogue(connection);
        List<String> migrations = catalogue.migrations();
        if (!migrations.equals(contents.migrations())) {
            throw new BackupException("the backup has tables of migrations " + contents.migrations()
                    + ", this version makes " + migrations + ": restore it with the version that made it");
        }
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Contents.Table table : contents.tables()) {
            ZipEntry entry = zip.getEntry(table.entry());
            if (entry == null) {
                throw new BackupException("the backup is damaged: it has no " + table.entry());
            }
            String name = Catalogue.quoted(table.name());
            try (InputStream in = zip.getInputStream(entry);
                    Statement triggers = connection.createStatement()) {
                // Nobody is to be told of events that were long ago.
                triggers.execute("alter table " + name + " disable trigger user");
                long rows = copies.copyIn("copy " + name + " from stdin with (format binary)", in);
                triggers.execute("alter table " + name + " enable trigger user");
                if (rows != table.rows()) {
                    throw new BackupException("the backup is damaged: " + rows + " rows of " + table.name()
                            + ", expected " + table.rows());
                }
            }
        }
        for (Map.Entry<String, Long> sequence : contents.sequences().entrySet()) {
            catalogue.setSequence(sequence.getKey(), sequence.getValue());
        }
    }
}
