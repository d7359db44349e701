package org.anfinsen.pipeline.template;

import java.util.Arrays;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentWriter;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * A row that a search found, as residues of the chain that it comes from.
 *
 * @param residues letters of the row in order, insertions included, in upper case: a piece of the chain's sequence
 * @param columns  for each of them its column in the query, or -1 for an insertion
 */
@SuppressWarnings("ArrayRecordComponent") // Rows are never compared.
record TemplateRow(String residues, int[] columns) {

    private static final int INSERTION = -1;

    /** Row {@code row} of an alignment. */
    static TemplateRow of(Alignment alignment, int row) {
        String text = AlignmentWriter.toA3m(alignment.select(0, row))
                .lines()
                .reduce((first, second) -> second)
                .orElseThrow();
        StringBuilder residues = new StringBuilder();
        int[] columns = new int[text.length()];
        int column = 0;
        for (int k = 0; k < text.length(); k++) {
            char letter = text.charAt(k);
            boolean insertion = Character.isLowerCase(letter);
            if (letter != '-') {
                columns[residues.length()] = insertion ? INSERTION : column;
                residues.append(Character.toUpperCase(letter));
            }
            column += insertion ? 0 : 1;
        }
        return new TemplateRow(residues.toString(), Arrays.copyOf(columns, residues.length()));
    }

    /**
     * The chain laid along the query. Where the piece occurs twice in the chain, the first is taken: programs say where a
     * row begins in ways of their own.
     *
     * @param nRes length of the query
     * @return empty if the piece is not of this chain
     */
    Optional<AlignedTemplate> along(ProteinStructure chain, int nRes) {
        int start = chain.sequence().residues().indexOf(residues);
        if (start < 0) {
            return Optional.empty();
        }
        int[] aatype = new int[nRes];
        Arrays.fill(aatype, AlignedTemplate.GAP);
        AtomPositions.Builder positions = AtomPositions.builder(nRes);
        for (int k = 0; k < columns.length; k++) {
            int column = columns[k];
            if (column == INSERTION) {
                continue;
            }
            int residue = start + k;
            aatype[column] = chain.sequence().at(residue).index();
            for (Atom atom : Atom.ALL) {
                chain.positions().find(residue, atom).ifPresent(position -> positions.set(column, atom, position));
            }
        }
        return Optional.of(new AlignedTemplate(aatype, positions.build()));
    }
}
