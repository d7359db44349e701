package org.anfinsen.pipeline.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads scores of other methods from a table, tabs or commas between the columns. A first line that names columns decides
 * which is which ({@code method, domain, tm_score, gdt_ts}, in any order, others left alone); without one they are
 * method, domain, TM-score and GDT_TS. Percentages become fractions. Lines may be JSON objects, too, as the scripts of
 * {@code training/} write them for other checkpoints and for the nearest training chain.
 */
public final class PeerScores {

    private static final int PERCENT = 100;

    /** Python writes NaN. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private PeerScores() {}

    /**
     * All lines of a table.
     *
     * @throws IllegalArgumentException if a line lacks a column or a number is none; the message gives the line
     */
    public static List<PeerScore> read(String source, String text) {
        List<String> lines = text.lines().toList();
        int[] columns = {0, 1, 2, 3};
        List<PeerScore> scores = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("{")) {
                scores.add(ofJson(source, number, line));
                continue;
            }
            String[] fields = line.split(line.indexOf('\t') >= 0 ? "\t" : ",", -1);
            if (scores.isEmpty() && number == 1 && isHeader(fields)) {
                columns = columns(source, fields);
            } else {
                scores.add(score(source, number, fields, columns));
            }
        }
        return scores;
    }

    private static PeerScore ofJson(String source, int line, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(source + ", line " + line + ": no JSON object", e);
        }
        String domain = json.path("domain").asString(json.path("name").asString(""));
        if (domain.isEmpty()) {
            throw new IllegalArgumentException(source + ", line " + line + ": no domain");
        }
        Double tm = number(source, line, json.path("tm_score").asString(""));
        if (tm == null) {
            throw new IllegalArgumentException(source + ", line " + line + ": no TM-score");
        }
        return new PeerScore(
                json.path("method").asString(json.path("mode").asString(source)),
                domain,
                tm,
                number(source, line, json.path("gdt_ts").asString("")));
    }

    private static boolean isHeader(String... fields) {
        return indexOf(fields, "domain", "target") >= 0;
    }

    private static int[] columns(String source, String... fields) {
        int domain = indexOf(fields, "domain", "target");
        int tm = indexOf(fields, "tm_score", "tm", "tmscore", "tm-score");
        if (tm < 0) {
            throw new IllegalArgumentException(source + ", line 1: no column tm_score");
        }
        return new int[] {indexOf(fields, "method", "model", "group"), domain, tm, indexOf(fields, "gdt_ts", "gdt-ts")};
    }

    private static int indexOf(String[] fields, String... names) {
        for (int i = 0; i < fields.length; i++) {
            for (String name : names) {
                if (fields[i].strip().toLowerCase(Locale.ROOT).equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static PeerScore score(String source, int line, String[] fields, int... columns) {
        if (fields.length <= Math.max(columns[1], columns[2])) {
            throw new IllegalArgumentException(source + ", line " + line + ": only " + fields.length + " columns");
        }
        String method = columns[0] < 0 ? source : fields[columns[0]].strip();
        Double gdt = columns[3] < 0 || columns[3] >= fields.length ? null : number(source, line, fields[columns[3]]);
        Double tm = number(source, line, fields[columns[2]]);
        if (tm == null) {
            throw new IllegalArgumentException(source + ", line " + line + ": no TM-score");
        }
        return new PeerScore(method, fields[columns[1]].strip(), tm, gdt);
    }

    private static @Nullable Double number(String source, int line, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= PERCENT) {
                return value > 1 ? value / PERCENT : value;
            }
        } catch (NumberFormatException e) {
            // Not a number: the same fault as one out of range.
        }
        throw new IllegalArgumentException(source + ", line " + line + ": '" + text + "' is no score");
    }
}
