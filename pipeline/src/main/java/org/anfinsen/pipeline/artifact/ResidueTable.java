package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.anfinsen.protein.ProteinSequence;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is known of each residue, as CSV and as JSON. The first columns are {@code residue_number}, counted from 1, and
 * {@code residue}, its three-letter code; a number that does not exist is empty in CSV and null in JSON.
 */
final class ResidueTable {

    private static final JsonFactory JSON = new JsonFactory();

    private final ProteinSequence sequence;
    private final Map<String, List<Optional<BigDecimal>>> numbers = new LinkedHashMap<>();

    ResidueTable(ProteinSequence sequence) {
        this.sequence = sequence;
    }

    /** Adds a column of numbers, rounded to so many decimals; the function is asked by index, counted from 0. */
    ResidueTable column(String name, int decimals, IntFunction<OptionalDouble> value) {
        List<Optional<BigDecimal>> column = new ArrayList<>(sequence.length());
        for (int i = 0; i < sequence.length(); i++) {
            OptionalDouble number = value.apply(i);
            column.add(
                    number.isEmpty()
                            ? Optional.empty()
                            : Optional.of(BigDecimal.valueOf(number.getAsDouble())
                                    .setScale(decimals, RoundingMode.HALF_EVEN)));
        }
        numbers.put(name, column);
        return this;
    }

    /** A line for each residue, below a header. */
    byte[] csv() {
        return csv("", "");
    }

    /**
     * The same with a column of letters before the numbers.
     *
     * @param name    of that column; empty for none
     * @param letters one for each residue
     */
    byte[] csv(String name, String letters) {
        boolean lettered = !name.isEmpty();
        StringBuilder csv = new StringBuilder("residue_number,residue").append(lettered ? "," + name : "");
        numbers.keySet().forEach(column -> csv.append(',').append(column));
        csv.append('\n');
        for (int i = 0; i < sequence.length(); i++) {
            csv.append(i + 1).append(',').append(sequence.at(i).threeLetterCode());
            csv.append(lettered ? "," + letters.charAt(i) : "");
            for (List<Optional<BigDecimal>> column : numbers.values()) {
                csv.append(',')
                        .append(column.get(i).map(BigDecimal::toPlainString).orElse(""));
            }
            csv.append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * One object with an array for each column.
     *
     * @param texts further members, which come first
     */
    byte[] json(Map<String, String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            texts.forEach((name, text) -> {
                json.writeName(name);
                json.writeString(text);
            });
            json.writeName("residue_number");
            json.writeStartArray();
            for (int i = 0; i < sequence.length(); i++) {
                json.writeNumber(i + 1);
            }
            json.writeEndArray();
            json.writeName("residue");
            json.writeStartArray();
            for (int i = 0; i < sequence.length(); i++) {
                json.writeString(sequence.at(i).threeLetterCode());
            }
            json.writeEndArray();
            numbers.forEach((name, column) -> {
                json.writeName(name);
                json.writeStartArray();
                column.forEach(number -> number.ifPresentOrElse(json::writeNumber, json::writeNull));
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
