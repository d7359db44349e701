package org.anfinsen.structure.casp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** The contacts of an RR file: {@code MODEL}, the sequence, {@code i j 0 8 p} for each pair, {@code END}. */
final class RrCheck {

    private static final String PAIR = "\\d+ \\d+ \\d+(\\.\\d+)? \\d+(\\.\\d+)? [01](\\.\\d+)?";

    private final CaspCheck.Faults faults;
    private final @Nullable ProteinSequence target;
    private final Set<String> pairs = new HashSet<>();
    private final StringBuilder sequence = new StringBuilder();

    RrCheck(CaspCheck.Faults faults, @Nullable ProteinSequence target) {
        this.faults = faults;
        this.target = target;
    }

    void check(List<String> lines, int from) {
        if (!lines.get(from).matches("MODEL +1 *")) {
            faults.add(from + 1, "an RR file has MODEL 1 only");
        }
        boolean ended = false;
        for (int i = from + 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (ended) {
                faults.add(i + 1, "lines after END");
                return;
            }
            if (line.equals("END")) {
                ended = true;
            } else if (pairs.isEmpty() && line.matches("[A-Z]{1,50}")) {
                sequence.append(line);
            } else if (line.matches(PAIR)) {
                pair(line, i + 1);
            } else {
                faults.add(i + 1, "'" + line + "' is no contact: i j d1 d2 p, i < j");
            }
        }
        if (!ended) {
            faults.add(lines.size(), "no END");
        }
        if (target != null && !sequence.isEmpty() && !sequence.toString().equals(target.residues())) {
            faults.add(from + 2, "the sequence is not the target's");
        }
        if (pairs.isEmpty()) {
            faults.add(lines.size(), "no contact");
        }
    }

    private void pair(String line, int number) {
        String[] fields = line.split(" ", -1);
        int first = Integer.parseInt(fields[0]);
        int second = Integer.parseInt(fields[1]);
        int length = target == null ? Math.max(second, sequence.length()) : target.length();
        if (first < 1 || second <= first || second > length) {
            faults.add(number, "pair " + first + ", " + second + ": 1 <= i < j <= " + length + " is needed");
        }
        if (Double.parseDouble(fields[2]) >= Double.parseDouble(fields[3])) {
            faults.add(number, "the lower bound is not below the upper");
        }
        if (Double.parseDouble(fields[4]) > 1) {
            faults.add(number, "probability " + fields[4]);
        }
        if (!pairs.add(first + " " + second)) {
            faults.add(number, "pair " + first + ", " + second + " is there twice");
        }
    }
}
