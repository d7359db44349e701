package org.anfinsen.msa.coevolution;

import java.util.List;
import java.util.Locale;
import org.anfinsen.protein.ProteinSequence;

/**
 * Writes contacts in CASP's RR format: the sequence in lines of 50, then {@code i j 0 8 p} with residues counted from 1,
 * bounds in Å and a probability, most probable first.
 */
public final class CaspRrWriter {

    private static final int RESIDUES_PER_LINE = 50;

    private CaspRrWriter() {}

    /**
     * The file's text.
     *
     * @param author   registration code or name of the group
     * @param contacts in falling order of probability
     * @param method   one line for METHOD
     * @param countMax contacts that are written at most
     */
    public static String write(
            ProteinSequence target, String author, List<PredictedContact> contacts, String method, int countMax) {
        StringBuilder text = new StringBuilder();
        text.append("PFRMAT RR\nTARGET ").append(target.name()).append('\n');
        text.append("AUTHOR ").append(author).append("\nMETHOD ");
        text.append(method.replace('\n', ' ')).append("\nMODEL 1\n");
        for (int start = 0; start < target.length(); start += RESIDUES_PER_LINE) {
            int end = Math.min(target.length(), start + RESIDUES_PER_LINE);
            text.append(target.residues(), start, end).append('\n');
        }
        for (PredictedContact contact : contacts.subList(0, Math.min(countMax, contacts.size()))) {
            text.append(String.format(
                    Locale.ROOT, "%d %d 0 8 %.4f\n", contact.i() + 1, contact.j() + 1, contact.probability()));
        }
        return text.append("END\n").toString();
    }
}
