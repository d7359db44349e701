package org.anfinsen.structure.casp;

import java.util.List;
import java.util.Locale;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * Writes estimates of the quality of models in CASP's QA format, mode 2: for each model a score between 0 and 1, then for
 * each residue the expected distance of its C-alpha from the native's in Å. The score is the mean pLDDT / 100; a residue's
 * distance d is that with S = 1 / (1 + (d / 5 Å)²) for S = pLDDT / 100, at most 15 Å (Zemla's S-score as CASP uses it).
 */
public final class CaspQaWriter {

    private static final double SCALE_ANGSTROM = 5;
    private static final double LARGEST_ANGSTROM = 15;
    private static final int DISTANCES_PER_LINE = 12;

    private CaspQaWriter() {}

    /**
     * The file's text; models are called {@code <target>TS_<number>}.
     *
     * @param models B-factors being pLDDT (0-100), best first
     */
    public static String write(CaspHeader header, List<ProteinStructure> models) {
        StringBuilder text = new StringBuilder(header.lines("QA")).append("MODEL 1\nQMODE 2\n");
        int number = 1;
        for (ProteinStructure model : models) {
            text.append(header.target()).append("TS_").append(number++);
            text.append(String.format(Locale.ROOT, " %.3f", model.meanBFactor() / 100));
            for (int i = 0; i < model.length(); i++) {
                text.append(i % DISTANCES_PER_LINE == 0 ? "\n" : " ");
                text.append(String.format(Locale.ROOT, "%.1f", distance(model.bFactor(i))));
            }
            text.append('\n');
        }
        return text.append("END\n").toString();
    }

    private static double distance(double plddt) {
        double similarity = Math.clamp(plddt / 100, 1e-6, 1);
        return Math.min(LARGEST_ANGSTROM, SCALE_ANGSTROM * Math.sqrt(1 / similarity - 1));
    }
}
