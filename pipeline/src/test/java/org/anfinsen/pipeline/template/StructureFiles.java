package org.anfinsen.pipeline.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anfinsen.protein.AminoAcid;

/** Structure files for tests: backbones on a helix. */
final class StructureFiles {

    private static final String[] ATOMS = {"N", "CA", "C", "O"};

    private StructureFiles() {}

    /** A PDB file of one chain, {@code released} as REVDAT has it ({@code 14-MAY-20}); blank for no date. */
    static Path pdb(Path file, String residues, String released) throws IOException {
        StringBuilder text = new StringBuilder("HEADER    TEST\n");
        if (!released.isBlank()) {
            text.append("REVDAT   2   01-JAN-25 1ABC    1       REMARK\n");
            text.append("REVDAT   1   ").append(released).append(" 1ABC    0\n");
        }
        for (int i = 0; i < residues.length(); i++) {
            for (int a = 0; a < ATOMS.length; a++) {
                double turn = Math.toRadians(100 * i + 28 * a);
                text.append(String.format(
                        Locale.ROOT,
                        "ATOM  %5d  %-3s %3s A%4d    %8.3f%8.3f%8.3f  1.00 20.00           %s%n",
                        4 * i + a + 1,
                        ATOMS[a],
                        AminoAcid.ofCode(residues.charAt(i)).orElseThrow().threeLetterCode(),
                        i + 1,
                        2.3 * Math.cos(turn),
                        2.3 * Math.sin(turn),
                        1.5 * i + 0.5 * a,
                        ATOMS[a].charAt(0)));
            }
        }
        return Files.writeString(file, text.append("TER\nEND\n"));
    }
}
