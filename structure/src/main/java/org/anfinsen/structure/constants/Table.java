package org.anfinsen.structure.constants;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A tab-separated resource next to this class: lines with {@code #} are comments, the first other line is a header. */
final class Table {

    private Table() {}

    /**
     * The rows of a resource without its comments and header.
     *
     * @throws IllegalStateException if the resource is missing, its header is another, or a row has another width
     */
    static List<List<String>> rows(String resource, String... header) {
        InputStream stream = Table.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("resource " + resource + " is not on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<List<String>> rows = new ArrayList<>();
            reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> rows.add(List.of(line.split("\t", -1))));
            if (rows.isEmpty() || !rows.getFirst().equals(List.of(header))) {
                throw new IllegalStateException(resource + " has not the columns " + List.of(header));
            }
            for (List<String> row : rows) {
                if (row.size() != header.length) {
                    throw new IllegalStateException(resource + ": row " + row + " has not " + header.length + " cells");
                }
            }
            return List.copyOf(rows.subList(1, rows.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
