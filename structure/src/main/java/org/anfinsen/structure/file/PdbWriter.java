package org.anfinsen.structure.file;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.IdealAtom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.anfinsen.structure.secondary.SecondaryStructure;
import org.anfinsen.structure.secondary.SecondaryStructureAssignment;
import org.anfinsen.structure.secondary.SecondaryStructureElement;

/**
 * Writes a chain as a PDB file (format 3.30): HEADER, TITLE, REMARK 6 with model and version, SEQRES, HELIX and SHEET as
 * DSSP assigns them, ATOM with pLDDT in the B-factor column, TER, END.
 */
public final class PdbWriter {

    private static final int LINE_LENGTH = 80;
    private static final int TEXT_LENGTH = 70;
    private static final int RESIDUES_PER_SEQRES = 13;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd-MMM-yy", Locale.ENGLISH);

    private PdbWriter() {}

    /**
     * The whole file, lines of 80 columns ending in a newline.
     *
     * @throws IllegalArgumentException if something does not fit the format's columns: a chain id of more than one
     *     letter, a residue number of more than four, a coordinate of 10,000 Å; mmCIF has room for it
     */
    public static String write(ProteinStructure structure, ModelDescription description) {
        List<String> lines = new ArrayList<>();
        lines.add(header(description.created(), description.entryId()));
        lines.addAll(continued("TITLE  ", description.title().toUpperCase(Locale.ROOT)));
        lines.addAll(remarks(structure, description));
        lines.addAll(seqres(structure));
        lines.addAll(secondaryStructure(structure));
        lines.addAll(atoms(structure));
        lines.add("END");
        StringBuilder file = new StringBuilder(lines.size() * (LINE_LENGTH + 1));
        for (String line : lines) {
            file.append(line).repeat(" ", LINE_LENGTH - line.length()).append('\n');
        }
        return file.toString();
    }

    /**
     * The ATOM lines of a chain and its TER, without newlines; atoms of a residue in the usual order (atom14, then OXT).
     *
     * @throws IllegalArgumentException as {@link #write}
     */
    public static List<String> atoms(ProteinStructure structure) {
        if (structure.chainId().length() > 1) {
            throw new IllegalArgumentException(
                    "chain id '" + structure.chainId() + "' has no place in a PDB file: use mmCIF");
        }
        List<String> lines = new ArrayList<>(structure.positions().atomCount() + 1);
        for (int i = 0; i < structure.length(); i++) {
            for (Atom atom : fileOrder(structure, i)) {
                lines.add(atomLine(structure, i, atom, lines.size() + 1));
            }
        }
        lines.add(String.format(
                Locale.ROOT, "TER   %5d      %s", lines.size() + 1, residueColumns(structure, structure.length() - 1)));
        return lines;
    }

    /** The atoms of a residue that have positions: atom14 order for its own, then any other in atom37 order. */
    static List<Atom> fileOrder(ProteinStructure structure, int residue) {
        List<Atom> atoms = new ArrayList<>();
        for (IdealAtom ideal : ResidueConstants.idealAtoms(structure.sequence().at(residue))) {
            atoms.add(ideal.atom());
        }
        for (Atom atom : Atom.ALL) {
            if (!atoms.contains(atom)) {
                atoms.add(atom);
            }
        }
        atoms.removeIf(atom -> !structure.positions().isPresent(residue, atom));
        return atoms;
    }

    private static String atomLine(ProteinStructure structure, int residue, Atom atom, int serial) {
        Vector3 position = structure.positions().at(residue, atom);
        String line = String.format(
                Locale.ROOT,
                "ATOM  %5d  %-3s %s   %8.3f%8.3f%8.3f  1.00%6.2f          %2s",
                serial,
                atom.name(),
                residueColumns(structure, residue),
                position.x(),
                position.y(),
                position.z(),
                structure.bFactor(residue),
                atom.element().name());
        if (line.length() != 78) {
            throw new IllegalArgumentException("residue " + structure.residueNumber(residue) + ", atom " + atom + " at "
                    + position + " has no place in a PDB file: use mmCIF");
        }
        return line;
    }

    /** Columns 18 to 27: residue name, chain, number, insertion code. */
    private static String residueColumns(ProteinStructure structure, int residue) {
        ResidueNumber number = structure.residueNumber(residue);
        String chain = structure.chainId().isEmpty() ? " " : structure.chainId();
        return String.format(
                Locale.ROOT,
                "%3s %s%4d%c",
                structure.sequence().at(residue).threeLetterCode(),
                chain,
                number.number(),
                number.insertionCode());
    }

    /** HELIX, then SHEET; each strand is a sheet of its own, since which strands are neighbours is for the reader to see. */
    private static List<String> secondaryStructure(ProteinStructure structure) {
        List<String> helices = new ArrayList<>();
        List<String> strands = new ArrayList<>();
        for (SecondaryStructureElement element :
                SecondaryStructureElement.of(SecondaryStructureAssignment.assign(structure))) {
            String first = residueColumns(structure, element.first());
            String last = residueColumns(structure, element.last());
            if (element.state().isHelix()) {
                int number = helices.size() + 1;
                helices.add(String.format(
                        Locale.ROOT,
                        "HELIX  %3d %3d %s %s%2d%30s %5d",
                        number,
                        number,
                        helixColumns(first),
                        helixColumns(last),
                        helixClass(element.state()),
                        "",
                        element.length()));
            } else {
                strands.add(String.format(Locale.ROOT, "SHEET    1 %3d 1 %s %s 0", strands.size() + 1, first, last));
            }
        }
        helices.addAll(strands);
        return helices;
    }

    /** HELIX has a blank before the number that ATOM has not. */
    private static String helixColumns(String residue) {
        return residue.substring(0, 5) + " " + residue.substring(5);
    }

    private static int helixClass(SecondaryStructure helix) {
        return switch (helix) {
            case PI_HELIX -> 3;
            case HELIX_3_10 -> 5;
            default -> 1;
        };
    }

    private static String header(LocalDate created, String entryId) {
        String id = entryId.length() == 4 ? entryId.toUpperCase(Locale.ROOT) : "XXXX";
        return String.format(
                Locale.ROOT,
                "HEADER    %-40s%s   %s",
                "COMPUTATIONAL MODEL",
                DATE.format(created).toUpperCase(Locale.ROOT),
                id);
    }

    private static List<String> remarks(ProteinStructure structure, ModelDescription description) {
        List<String> texts = new ArrayList<>();
        texts.add("PREDICTED BY ANFINSEN " + description.softwareVersion());
        texts.add("ENTRY " + description.entryId());
        texts.add("MODEL " + description.modelName() + ", VERSION " + description.modelVersion());
        texts.add("B-FACTOR COLUMN: PLDDT (0-100, HIGHER IS BETTER)");
        texts.add(String.format(Locale.ROOT, "MEAN PLDDT %.2f", structure.meanBFactor()));
        description.ptm().ifPresent(ptm -> texts.add(String.format(Locale.ROOT, "PREDICTED TM-SCORE %.3f", ptm)));
        texts.addAll(description.remarks());
        List<String> lines = new ArrayList<>();
        lines.add("REMARK   6");
        for (String text : texts) {
            for (String part : parts(text, TEXT_LENGTH - 2)) {
                lines.add("REMARK   6 " + part);
            }
        }
        return lines;
    }

    private static List<String> seqres(ProteinStructure structure) {
        int nRes = structure.length();
        String chain = structure.chainId().isEmpty() ? " " : structure.chainId();
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < nRes; start += RESIDUES_PER_SEQRES) {
            StringBuilder line =
                    new StringBuilder(String.format(Locale.ROOT, "SEQRES %3d %s %4d ", lines.size() + 1, chain, nRes));
            IntStream.range(start, Math.min(nRes, start + RESIDUES_PER_SEQRES))
                    .forEach(i ->
                            line.append(' ').append(structure.sequence().at(i).threeLetterCode()));
            lines.add(line.toString());
        }
        return lines;
    }

    /** A record that goes on over lines: the first without a number, then 2, 3, … in columns 9 and 10. */
    private static List<String> continued(String record, String text) {
        List<String> lines = new ArrayList<>();
        for (String part : parts(text, TEXT_LENGTH - 1)) {
            int number = lines.size() + 1;
            lines.add(record + (number == 1 ? "   " : String.format(Locale.ROOT, "%3d ", number)) + part);
        }
        return lines;
    }

    /** The text cut to a length, non-ASCII and control characters replaced by question marks. */
    private static List<String> parts(String text, int length) {
        String ascii = text.replaceAll("[^ -~]", "?");
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < ascii.length(); start += length) {
            parts.add(ascii.substring(start, Math.min(ascii.length(), start + length)));
        }
        return parts;
    }
}
