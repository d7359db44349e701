package org.anfinsen.structure.score;

import org.anfinsen.structure.model.ProteinStructure;

/**
 * How sound a structure is by itself, without a native.
 *
 * @param clashes      atoms that are too close
 * @param ramachandran where its backbone torsions lie
 * @param bonds        bond lengths, chain breaks and peptide planes
 */
public record StructureQuality(Clashes clashes, RamachandranFigures ramachandran, BondFigures bonds) {

    /** Measures a structure. */
    public static StructureQuality of(ProteinStructure structure) {
        return new StructureQuality(
                Clashes.of(structure), RamachandranFigures.of(structure), BondFigures.of(structure));
    }
}
