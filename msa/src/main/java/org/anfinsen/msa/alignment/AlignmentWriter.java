package org.anfinsen.msa.alignment;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes alignments as A3M, Stockholm, aligned FASTA or PSICOV's bare rows. UTF-8, lines end in a line feed. */
public final class AlignmentWriter {

    private AlignmentWriter() {}

    /** A3M: insertions in lower case. {@link AlignmentReader} reads it back as an equal alignment. */
    public static void writeA3m(Alignment alignment, OutputStream out) throws IOException {
        Writer writer = writer(out);
        for (int row = 0; row < alignment.rows(); row++) {
            writer.append('>').append(alignment.name(row)).append('\n');
            writeMatchStyle(alignment.row(row), writer);
            writer.append('\n');
        }
        writer.flush();
    }

    /** {@link #writeA3m} into a string. */
    public static String toA3m(Alignment alignment) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try {
            writeA3m(alignment, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Stockholm 1.0, not wrapped, with a {@code #=GC RF} line that marks the query's columns. The first word of a name
     * is the row's name, made unique with {@code /2}, {@code /3} … where needed; the rest becomes a description.
     */
    public static void writeStockholm(Alignment alignment, OutputStream out) throws IOException {
        Writer writer = writer(out);
        writer.append("# STOCKHOLM 1.0\n");
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        int width = "#=GC RF".length();
        for (int row = 0; row < alignment.rows(); row++) {
            String[] words = alignment.name(row).strip().split("\\s+", 2);
            String name = words[0].isEmpty() ? "row_" + (row + 1) : words[0];
            String unique = name;
            for (int copy = 2; !used.add(unique); copy++) {
                unique = name + "/" + copy;
            }
            names.add(unique);
            width = Math.max(width, unique.length());
            if (words.length > 1) {
                writer.append("#=GS ")
                        .append(unique)
                        .append(" DE ")
                        .append(words[1])
                        .append('\n');
            }
        }
        int[] room = insertionRoom(alignment);
        for (int row = 0; row < alignment.rows(); row++) {
            writePadded(names.get(row), width, writer);
            writeEveryColumn(alignment.row(row), room, writer);
            writer.append('\n');
        }
        writePadded("#=GC RF", width, writer);
        for (int column = 0; column <= alignment.columns(); column++) {
            writer.append(".".repeat(room[column])).append(column < alignment.columns() ? "x" : "");
        }
        writer.append("\n//\n");
        writer.flush();
    }

    /** FASTA with every row as long as the longest: insertions get columns of their own, lower case. */
    public static void writeAlignedFasta(Alignment alignment, OutputStream out) throws IOException {
        Writer writer = writer(out);
        int[] room = insertionRoom(alignment);
        for (int row = 0; row < alignment.rows(); row++) {
            writer.append('>').append(alignment.name(row)).append('\n');
            writeEveryColumn(alignment.row(row), room, writer);
            writer.append('\n');
        }
        writer.flush();
    }

    /** One row a line, the query's columns only, without names: what PSICOV and CCMpred read. */
    public static void writePsicov(Alignment alignment, OutputStream out) throws IOException {
        Writer writer = writer(out);
        for (int row = 0; row < alignment.rows(); row++) {
            writer.append(alignment.aligned(row)).append('\n');
        }
        writer.flush();
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    private static void writePadded(String name, int width, Writer writer) throws IOException {
        writer.append(name).append(" ".repeat(width - name.length() + 1));
    }

    private static void writeMatchStyle(AlignedRow row, Writer writer) throws IOException {
        int k = 0;
        for (int column = 0; column <= row.codes.length; column++) {
            if (k < row.insertionColumns.length && row.insertionColumns[k] == column) {
                for (int i = row.insertionStart(k); i < row.insertionEnds[k]; i++) {
                    writer.write(row.insertedLetters[i]);
                }
                k++;
            }
            if (column < row.codes.length) {
                writer.write(ResidueCode.letter(row.codes[column]));
            }
        }
    }

    /** The longest insertion before each column and after the last, {@code [N_res + 1]}. */
    private static int[] insertionRoom(Alignment alignment) {
        int[] room = new int[alignment.columns() + 1];
        for (int r = 0; r < alignment.rows(); r++) {
            AlignedRow row = alignment.row(r);
            for (int k = 0; k < row.insertionColumns.length; k++) {
                int column = row.insertionColumns[k];
                room[column] = Math.max(room[column], row.insertionEnds[k] - row.insertionStart(k));
            }
        }
        return room;
    }

    private static void writeEveryColumn(AlignedRow row, int[] room, Writer writer) throws IOException {
        int k = 0;
        for (int column = 0; column <= row.codes.length; column++) {
            int written = 0;
            if (k < row.insertionColumns.length && row.insertionColumns[k] == column) {
                for (int i = row.insertionStart(k); i < row.insertionEnds[k]; i++) {
                    writer.write(row.insertedLetters[i]);
                    written++;
                }
                k++;
            }
            writer.append("-".repeat(room[column] - written));
            if (column < row.codes.length) {
                writer.write(ResidueCode.letter(row.codes[column]));
            }
        }
    }
}
