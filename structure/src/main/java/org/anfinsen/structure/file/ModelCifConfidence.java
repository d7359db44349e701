package org.anfinsen.structure.file;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anfinsen.structure.file.ModelCifWriter.PairErrors;
import org.anfinsen.structure.model.ProteinStructure;
import org.rcsb.cif.model.BlockBuilder;
import org.rcsb.cif.model.CifFileBuilder;

/** ModelCIF's categories of confidence, {@code _ma_qa_metric_*}: pLDDT, pTM, and the predicted aligned error of pairs. */
final class ModelCifConfidence {

    private static final int PAIR_METRIC = 4;
    private static final List<String> PAIR_ITEMS = List.of(
            "ordinal_id",
            "model_id",
            "label_asym_id_1",
            "label_seq_id_1",
            "label_comp_id_1",
            "label_asym_id_2",
            "label_seq_id_2",
            "label_comp_id_2",
            "metric_id",
            "metric_value");

    private final ProteinStructure structure;
    private final ModelDescription description;
    private final Optional<PairErrors> pairErrors;
    private final String asym;

    ModelCifConfidence(
            ProteinStructure structure, ModelDescription description, Optional<PairErrors> pairErrors, String asym) {
        this.structure = structure;
        this.description = description;
        this.pairErrors = pairErrors;
        this.asym = asym;
    }

    /** All but the pairs. */
    void addTo(BlockBuilder<? extends CifFileBuilder> block) {
        CifTable metrics = new CifTable(
                        "ma_qa_metric", "id", "name", "description", "type", "mode", "software_group_id")
                .row(1, "pLDDT", "Predicted lDDT-CA, mean", "pLDDT", "global", ModelCifWriter.SOFTWARE_GROUP)
                .row(2, "pLDDT", "Predicted lDDT-CA", "pLDDT", "local", ModelCifWriter.SOFTWARE_GROUP);
        CifTable global = new CifTable("ma_qa_metric_global", "ordinal_id", "model_id", "metric_id", "metric_value")
                .row(1, ModelCifWriter.MODEL, 1, CifTable.fixed(structure.meanBFactor(), 2));
        if (description.ptm().isPresent()) {
            metrics.row(3, "pTM", "Predicted TM-score", "pTM", "global", ModelCifWriter.SOFTWARE_GROUP);
            global.row(
                    2, ModelCifWriter.MODEL, 3, CifTable.fixed(description.ptm().getAsDouble(), 3));
        }
        if (pairErrors.isPresent()) {
            metrics.row(
                    PAIR_METRIC,
                    "PAE",
                    "Predicted aligned error in angstroms: of the second residue, aligned on the first",
                    "PAE",
                    "local-pairwise",
                    ModelCifWriter.SOFTWARE_GROUP);
        }
        metrics.addTo(block);
        global.addTo(block);
        CifTable local = new CifTable(
                "ma_qa_metric_local",
                "ordinal_id",
                "model_id",
                "label_asym_id",
                "label_seq_id",
                "label_comp_id",
                "metric_id",
                "metric_value");
        int ordinal = 0;
        for (int i : builtResidues()) {
            ordinal++;
            local.row(
                    ordinal,
                    ModelCifWriter.MODEL,
                    asym,
                    i + 1,
                    structure.sequence().at(i).threeLetterCode(),
                    2,
                    CifTable.fixed(structure.bFactor(i), 2));
        }
        local.addTo(block);
    }

    /**
     * The category of the pairs as text. It is written here and not by ciftools, which would hold each of the N_res² values
     * as an object; there is nothing to quote in it.
     */
    String pairs() {
        if (pairErrors.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("loop_\n");
        for (String item : PAIR_ITEMS) {
            text.append("_ma_qa_metric_local_pairwise.").append(item).append('\n');
        }
        int[] built = builtResidues();
        String[] residues = new String[structure.length()];
        for (int i : built) {
            residues[i] = " " + asym + " " + (i + 1) + " "
                    + structure.sequence().at(i).threeLetterCode();
        }
        int ordinal = 0;
        for (int i : built) {
            for (int j : built) {
                ordinal++;
                text.append(ordinal)
                        .append(' ')
                        .append(ModelCifWriter.MODEL)
                        .append(residues[i])
                        .append(residues[j]);
                text.append(' ').append(PAIR_METRIC).append(' ');
                appendHundredths(text, Math.round(100 * pairErrors.get().at(i, j)));
                text.append('\n');
            }
        }
        return text.append("#\n").toString();
    }

    /** Indices of the residues that have atoms: the dictionary lets metrics speak of no other. */
    private int[] builtResidues() {
        return IntStream.range(0, structure.length())
                .filter(i -> !PdbWriter.fileOrder(structure, i).isEmpty())
                .toArray();
    }

    private static void appendHundredths(StringBuilder text, long hundredths) {
        text.append(hundredths / 100).append('.').append(hundredths / 10 % 10).append(hundredths % 10);
    }
}
