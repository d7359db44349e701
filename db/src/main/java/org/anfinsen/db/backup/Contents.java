package org.anfinsen.db.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is in a backup.
 *
 * @param format     of the file
 * @param created    by the database's clock
 * @param migrations versions of the schema's migrations that the database had, in ascending order of their numbers
 * @param tables     in an order in which they can be filled
 * @param sequences  last value of each that has given one
 */
public record Contents(
        int format, Instant created, List<String> migrations, List<Table> tables, Map<String, Long> sequences) {

    /** What this version writes and reads. */
    static final int FORMAT = 1;

    /** The entry that holds this. */
    static final String ENTRY = "contents.json";

    public Contents {
        migrations = List.copyOf(migrations);
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
    }

    /** A table and how many rows it has. */
    public record Table(String name, long rows) {

        /** The entry that holds its rows in PostgreSQL's binary copy format. */
        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /** Rows of a table; 0 if there is no such table. */
    public long rows(String table) {
        return tables.stream()
                .filter(it -> it.name().equals(table))
                .mapToLong(Table::rows)
                .sum();
    }
}
