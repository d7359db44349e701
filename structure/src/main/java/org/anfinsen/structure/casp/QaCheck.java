package org.anfinsen.structure.casp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** The estimates of a QA file: {@code MODEL 1 or 2, QMODE 1 or 2}, model names with scores, and distances in mode 2. */
final class QaCheck {

    private final CaspCheck.Faults faults;
    private final @Nullable ProteinSequence target;
    private final Set<String> models = new HashSet<>();
    private int distances;

    QaCheck(CaspCheck.Faults faults, @Nullable ProteinSequence target) {
        this.faults = faults;
        this.target = target;
    }

    void check(List<String> lines, int from) {
        if (!lines.get(from).matches("MODEL +[12] *")) {
            faults.add(from + 1, "a QA file has one MODEL, 1 or 2");
        }
        String mode = from + 1 < lines.size() ? lines.get(from + 1).strip() : "";
        if (!mode.matches("QMODE +[12]")) {
            faults.add(from + 2, "no QMODE 1 or QMODE 2 below MODEL");
        }
        int i = from + 2;
        while (i < lines.size() && !lines.get(i).strip().equals("END")) {
            line(lines.get(i).strip(), i + 1, mode.endsWith("2"));
            i++;
        }
        endOfModel(i + 1, mode.endsWith("2"));
        if (i != lines.size() - 1) {
            faults.add(Math.min(i + 1, lines.size()), i >= lines.size() ? "no END" : "lines after END");
        }
        if (models.isEmpty()) {
            faults.add(from + 2, "no model is scored");
        }
    }

    private void line(String line, int number, boolean local) {
        String[] fields = line.split(" +", -1);
        int start = 0;
        if (!fields[0].matches("X|\\d+(\\.\\d+)?")) {
            endOfModel(number, local);
            if (!models.add(fields[0])) {
                faults.add(number, "model " + fields[0] + " is scored twice");
            }
            boolean scored = fields.length > 1 && fields[1].matches("X|[01](\\.\\d+)?");
            if (!scored || (!fields[1].equals("X") && Double.parseDouble(fields[1]) > 1)) {
                faults.add(number, "a score between 0 and 1 belongs behind " + fields[0]);
            }
            start = 2;
        }
        for (int k = start; k < fields.length; k++) {
            if (!fields[k].matches("X|\\d+(\\.\\d+)?")) {
                faults.add(number, "'" + fields[k] + "' is no distance");
            }
            distances++;
        }
    }

    private void endOfModel(int number, boolean local) {
        if (!models.isEmpty() && target != null && local && distances != target.length()) {
            faults.add(number, distances + " distances above, the target has " + target.length() + " residues");
        }
        if (!local && distances > 0) {
            faults.add(number, "distances in QMODE 1");
        }
        distances = 0;
    }
}
