package org.anfinsen.structure.file;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The coordinate records of a PDB file's first model, checked line by line. BioJava parses what is left: it says neither
 * file nor line of a broken record, and the records left out here (crystal, assembly, links) are not needed.
 */
final class PdbText {

    private static final Set<String> COORDINATES = Set.of("ATOM", "HETATM");
    private static final Set<String> MODEL_END = Set.of("ENDMDL", "END");
    private static final int LAST_COORDINATE_COLUMN = 54;

    private static final Pattern FIRST_REVISION =
            Pattern.compile("REVDAT\\s+1\\s+(\\d\\d-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-\\d\\d)");

    /** Two digits of the year: 70 to 99 are of the twentieth century, in which the first structures were released. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.LENIENT);

    private PdbText() {}

    /**
     * The ATOM, HETATM and TER lines up to the end of the first model.
     *
     * @throws StructureFormatException if a coordinate line is too short or has no number where one belongs, with its
     *     line; or if there is no coordinate line
     */
    static String firstModel(String file, String text) throws StructureFormatException {
        StringBuilder kept = new StringBuilder(text.length());
        boolean hasAtoms = false;
        int lineNumber = 0;
        for (String line : text.lines().collect(Collectors.toList())) {
            lineNumber++;
            String record = line.substring(0, Math.min(6, line.length())).strip();
            if (COORDINATES.contains(record)) {
                check(file, lineNumber, line);
                hasAtoms = true;
                kept.append(line).append('\n');
            } else if (record.equals("TER")) {
                kept.append("TER\n");
            } else if (hasAtoms && MODEL_END.contains(record)) {
                break;
            }
        }
        if (!hasAtoms) {
            throw new StructureFormatException(file, "no ATOM record and no mmCIF data block", null);
        }
        return kept.append("END\n").toString();
    }

    /** The date of the first revision, which is that of the release: {@code REVDAT   1       30-APR-80}. */
    static Optional<LocalDate> released(String text) {
        return text.lines()
                .takeWhile(line -> !line.startsWith("ATOM"))
                .map(FIRST_REVISION::matcher)
                .filter(Matcher::lookingAt)
                .findFirst()
                .map(matcher -> LocalDate.parse(matcher.group(1), DATE));
    }

    private static void check(String file, int lineNumber, String line) throws StructureFormatException {
        if (line.length() < LAST_COORDINATE_COLUMN) {
            throw new StructureFormatException(
                    file, lineNumber, line.length() + " columns, coordinates end at " + LAST_COORDINATE_COLUMN);
        }
        String residueNumber = line.substring(22, 26).strip();
        if (!residueNumber.matches("-?\\d+")) {
            throw new StructureFormatException(
                    file, lineNumber, "'" + residueNumber + "' is no residue number (columns 23-26)");
        }
        for (int column = 30; column < LAST_COORDINATE_COLUMN; column += 8) {
            String value = line.substring(column, column + 8).strip();
            if (!value.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)")) {
                throw new StructureFormatException(
                        file,
                        lineNumber,
                        "'" + value + "' is no coordinate (columns " + (column + 1) + "-" + (column + 8) + ")");
            }
        }
    }
}
