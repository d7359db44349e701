package org.anfinsen.structure.casp;

import java.util.List;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.model.ProteinStructure;

/** Writes models in CASP's TS format, predicted without a template, with the confidence in the B-factor column. */
public final class CaspTsWriter {

    /** CASP takes five models of a target; it judges by the first. */
    public static final int MODELS_MAX = 5;

    private CaspTsWriter() {}

    /**
     * The file's text.
     *
     * @param models best first, 1 to {@value #MODELS_MAX}, B-factors being pLDDT (0-100)
     */
    public static String write(CaspHeader header, List<ProteinStructure> models) {
        if (models.isEmpty() || models.size() > MODELS_MAX) {
            throw new IllegalArgumentException(models.size() + " models, CASP takes 1 to " + MODELS_MAX);
        }
        StringBuilder text = new StringBuilder(header.lines("TS"));
        int number = 1;
        for (ProteinStructure model : models) {
            text.append("MODEL ").append(number++).append("\nPARENT N/A\n");
            PdbWriter.atoms(model).stream()
                    .filter(line -> line.startsWith("ATOM"))
                    .forEach(line -> text.append(line).append('\n'));
            text.append("TER\nEND\n");
        }
        return text.toString();
    }
}
