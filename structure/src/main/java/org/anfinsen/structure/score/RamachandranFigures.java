package org.anfinsen.structure.score;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.RamachandranRegions;
import org.anfinsen.structure.constants.RamachandranRegions.Kind;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * How many residues have usual backbone torsions. Of well-determined structures 98 % are favoured, 99.8 % favoured or
 * allowed. Residues next to a chain end or break are not counted.
 *
 * @param favoured how many
 * @param allowed  how many
 * @param outliers indices from 0 of the others
 */
public record RamachandranFigures(int favoured, int allowed, List<Integer> outliers) {

    public RamachandranFigures {
        outliers = List.copyOf(outliers);
    }

    /** Counts the residues of a chain. */
    public static RamachandranFigures of(ProteinStructure structure) {
        TorsionAngles angles = TorsionAngles.measure(structure.sequence(), structure.positions());
        int favoured = 0;
        int allowed = 0;
        List<Integer> outliers = new ArrayList<>();
        for (int i = 1; i + 1 < structure.length(); i++) {
            OptionalDouble phi = angles.at(i, Torsion.PHI);
            OptionalDouble psi = angles.at(i, Torsion.PSI);
            boolean bonded = angles.at(i + 1, Torsion.OMEGA).isPresent();
            if (phi.isPresent() && psi.isPresent() && bonded) {
                switch (RamachandranRegions.of(kind(structure, i), phi.getAsDouble(), psi.getAsDouble())) {
                    case FAVOURED -> favoured++;
                    case ALLOWED -> allowed++;
                    case OUTLIER -> outliers.add(i);
                }
            }
        }
        return new RamachandranFigures(favoured, allowed, outliers);
    }

    /** Number of residues that have both torsions. */
    public int counted() {
        return favoured + allowed + outliers.size();
    }

    /** Share of the counted residues, 0-1; empty if none was counted. */
    public OptionalDouble favouredShare() {
        return counted() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) favoured / counted());
    }

    private static Kind kind(ProteinStructure structure, int residue) {
        return switch (structure.sequence().at(residue)) {
            case GLY -> Kind.GLYCINE;
            case PRO -> Kind.PROLINE;
            default -> structure.sequence().at(residue + 1) == AminoAcid.PRO ? Kind.PRE_PROLINE : Kind.GENERAL;
        };
    }
}
