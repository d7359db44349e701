package org.anfinsen.msa.alignment;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows that come in blocks, a piece a line under the same name: Stockholm and ClustalW. */
final class BlockRows {

    private final LineSource lines;
    private final RowCollector collector;
    private final AlignmentLimits limits;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, String> descriptions = new HashMap<>();

    BlockRows(LineSource lines, RowCollector collector, AlignmentLimits limits) {
        this.lines = lines;
        this.collector = collector;
        this.limits = limits;
    }

    private static final class Row {
        final ByteArrayOutputStream letters = new ByteArrayOutputStream();
        final int line;

        Row(int line) {
            this.line = line;
        }
    }

    /** Starts at the header, {@code # STOCKHOLM 1.0}, which is current. */
    void readStockholm() throws IOException {
        boolean ended = false;
        while (!ended && !isFull() && lines.next()) {
            if (lines.startsWith("//")) {
                ended = true;
            } else if (lines.startsWith("#=GS")) {
                readDescription(lines.text());
            } else if (!lines.isBlank() && !lines.startsWith("#")) {
                readPiece();
            }
        }
        if (!ended && !isFull()) {
            collector.fileFault(
                    Kind.TRUNCATED, lines.number(), "the file ends without '//'", "It is cut off: send all of it");
        }
        while (ended && lines.next()) {
            if (!lines.isBlank()) {
                collector.fileFault(Kind.WRONG_FORMAT, lines.number(), "text after '//'", "Send one alignment a file");
                break;
            }
        }
        finish();
    }

    /** Starts at the header, {@code CLUSTAL …}, which is current. */
    void readClustal() throws IOException {
        while (!isFull() && lines.next()) {
            boolean conservation = lines.startsWith(" ") || lines.startsWith("\t");
            if (!conservation && !lines.isBlank()) {
                readPiece();
            }
        }
        finish();
    }

    private boolean isFull() {
        return collector.isFull() || rows.size() > limits.rowsMax();
    }

    private void readDescription(String line) {
        String[] fields = line.strip().split("\\s+", 4);
        if (fields.length == 4 && fields[2].equals("DE")) {
            descriptions.merge(fields[1], " " + fields[3], String::concat);
        }
    }

    private void readPiece() {
        byte[] bytes = lines.bytes();
        int nameEnd = wordEnd(bytes, 0);
        int start = skipBlanks(bytes, nameEnd);
        int end = wordEnd(bytes, start);
        String name = lines.text().strip().split("\\s+", 2)[0];
        if (start == end) {
            collector.fault(
                    Kind.RECORD_WITHOUT_SEQUENCE,
                    name,
                    lines.number(),
                    0,
                    "a name without a row",
                    "A line holds a name, blanks and letters");
        } else if (collector.checkLetters(name, bytes, start, end, lines.number())) {
            rows.computeIfAbsent(name, key -> new Row(lines.number())).letters.write(bytes, start, end - start);
        }
    }

    private int wordEnd(byte[] bytes, int from) {
        int i = from;
        while (i < lines.length() && bytes[i] != ' ' && bytes[i] != '\t') {
            i++;
        }
        return i;
    }

    private int skipBlanks(byte[] bytes, int from) {
        int i = from;
        while (i < lines.length() && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    private void finish() {
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            byte[] letters = row.letters.toByteArray();
            String name = entry.getKey() + descriptions.getOrDefault(entry.getKey(), "");
            collector.add(name, letters, letters.length, row.line);
            if (collector.isFull()) {
                return;
            }
        }
    }
}
