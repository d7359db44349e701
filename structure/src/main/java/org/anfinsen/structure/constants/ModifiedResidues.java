package org.anfinsen.structure.constants;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anfinsen.protein.AminoAcid;

/** Which standard amino acid a modified residue derives from, such as MET for selenomethionine. */
public final class ModifiedResidues {

    private static final Map<String, AminoAcid> PARENTS =
            Table.rows("modified-residues.tsv", "modified", "parent").stream()
                    .collect(Collectors.toUnmodifiableMap(
                            row -> row.get(0),
                            row -> AminoAcid.ofThreeLetterCode(row.get(1)).orElseThrow()));

    private ModifiedResidues() {}

    /** The parent of a PDB residue name; empty for a standard or unknown name. */
    public static Optional<AminoAcid> parent(String residueName) {
        return Optional.ofNullable(PARENTS.get(residueName));
    }
}
