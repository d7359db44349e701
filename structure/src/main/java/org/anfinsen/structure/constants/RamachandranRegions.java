package org.anfinsen.structure.constants;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where backbone torsions lie in known structures: the table {@code ramachandran.tsv}, which says how it was made. */
public final class RamachandranRegions {

    /** The kinds of residue that have a map of their own. */
    public enum Kind {
        GENERAL,
        GLYCINE,
        PROLINE,
        /** Not glycine or proline, before a proline. */
        PRE_PROLINE
    }

    /** How usual a pair of torsions is. */
    public enum Region {
        FAVOURED,
        ALLOWED,
        OUTLIER
    }

    private static final int CELLS = 72;
    private static final Map<Kind, String[]> MAPS = read();

    private RamachandranRegions() {}

    /** The region of a pair of torsions in radians; any multiple of a full turn may be added to them. */
    public static Region of(Kind kind, double phiRadians, double psiRadians) {
        String[] map = MAPS.getOrDefault(kind, new String[0]);
        return switch (map[cell(phiRadians)].charAt(cell(psiRadians))) {
            case 'F' -> Region.FAVOURED;
            case 'A' -> Region.ALLOWED;
            default -> Region.OUTLIER;
        };
    }

    private static int cell(double radians) {
        int cell = (int) Math.floor((radians + Math.PI) / (2 * Math.PI) * CELLS);
        return Math.floorMod(cell, CELLS);
    }

    private static Map<Kind, String[]> read() {
        Map<Kind, String[]> maps = new EnumMap<>(Kind.class);
        for (List<String> row : Table.rows("ramachandran.tsv", "kind", "phi_cell", "psi_cells")) {
            String[] map =
                    maps.computeIfAbsent(Kind.valueOf(row.get(0).toUpperCase(Locale.ROOT)), kind -> new String[CELLS]);
            map[Integer.parseInt(row.get(1))] = row.get(2);
        }
        maps.forEach((kind, map) -> {
            if (Arrays.stream(map).anyMatch(line -> line == null || !line.matches("[FAO]{" + CELLS + "}"))) {
                throw new IllegalStateException("ramachandran.tsv: the map " + kind + " is not complete");
            }
        });
        return maps;
    }
}
