package org.anfinsen.structure.casp;

import java.util.ArrayList;
import java.util.List;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what CASP's server refuses: a file in TS, RR or QA format with a header that is not complete, a model that is not,
 * coordinates that are not the target's.
 */
public final class CaspCheck {

    private static final int FAULTS_MAX = 50;

    private CaspCheck() {}

    /**
     * All faults of a file, in its order; empty if CASP would take it.
     *
     * @param target the target's sequence, to check residues against; null if it is not known
     */
    public static List<String> faults(String text, @Nullable ProteinSequence target) {
        List<String> lines = text.lines().toList();
        Faults faults = new Faults();
        if (!text.matches("[ -~\\n\\r]*")) {
            faults.add(0, "tabs, or characters that are not ASCII");
        }
        int body = header(lines, faults);
        if (body < lines.size()) {
            switch (lines.getFirst().strip()) {
                case "PFRMAT TS" -> new TsCheck(faults, target).check(lines, body);
                case "PFRMAT RR" -> new RrCheck(faults, target).check(lines, body);
                case "PFRMAT QA" -> new QaCheck(faults, target).check(lines, body);
                default -> faults.add(1, "the first line is not PFRMAT TS, PFRMAT RR or PFRMAT QA");
            }
        } else {
            faults.add(lines.size(), "no MODEL");
        }
        return faults.texts.subList(0, Math.min(FAULTS_MAX, faults.texts.size()));
    }

    /** Checks the lines above the first model and returns its index. */
    private static int header(List<String> lines, Faults faults) {
        int model = 0;
        while (model < lines.size() && !lines.get(model).startsWith("MODEL")) {
            model++;
        }
        List<String> head = lines.subList(0, model);
        once(head, "TARGET", CaspHeader.TARGET, faults);
        once(head, "AUTHOR", CaspHeader.AUTHOR, faults);
        if (head.stream().noneMatch(line -> line.startsWith("METHOD ") && line.length() > 7)) {
            faults.add(1, "no METHOD");
        }
        for (int i = 1; i < head.size(); i++) {
            String line = head.get(i);
            if (!line.matches("(TARGET|AUTHOR|METHOD|REMARK|STOICH)( .*)?")) {
                faults.add(i + 1, "'" + line + "' does not belong above the first MODEL");
            }
        }
        return model;
    }

    private static void once(List<String> head, String record, String pattern, Faults faults) {
        List<String> found =
                head.stream().filter(line -> line.startsWith(record + " ")).toList();
        if (found.size() != 1) {
            faults.add(1, found.size() + " lines " + record + ", exactly one is needed");
        } else if (!found.getFirst().substring(record.length()).strip().matches(pattern)) {
            faults.add(head.indexOf(found.getFirst()) + 1, "'" + found.getFirst() + "' has no valid value");
        }
    }

    /** Faults with the lines they are on. */
    static final class Faults {
        private final List<String> texts = new ArrayList<>();

        /** @param line from 1; 0 for the file as a whole */
        void add(int line, String text) {
            texts.add(line == 0 ? text : "line " + line + ": " + text);
        }
    }
}
