package org.anfinsen.structure.file;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.anfinsen.structure.secondary.SecondaryStructure;
import org.anfinsen.structure.secondary.SecondaryStructureAssignment;
import org.anfinsen.structure.secondary.SecondaryStructureElement;
import org.rcsb.cif.model.BlockBuilder;
import org.rcsb.cif.model.CifFileBuilder;

/** Helices and strands as DSSP assigns them, both in {@code struct_conf}, as the AlphaFold database has them. */
final class ModelCifSecondaryStructure {

    private final ProteinStructure structure;
    private final String asym;

    ModelCifSecondaryStructure(ProteinStructure structure, String asym) {
        this.structure = structure;
        this.asym = asym;
    }

    /** Adds nothing to a chain that has neither. */
    void addTo(BlockBuilder<? extends CifFileBuilder> block) {
        List<SecondaryStructureElement> elements =
                SecondaryStructureElement.of(SecondaryStructureAssignment.assign(structure));
        if (elements.isEmpty()) {
            return;
        }
        Set<String> types = new TreeSet<>();
        CifTable conformations = new CifTable(
                "struct_conf",
                "conf_type_id",
                "id",
                "beg_label_comp_id",
                "beg_label_asym_id",
                "beg_label_seq_id",
                "pdbx_beg_PDB_ins_code",
                "end_label_comp_id",
                "end_label_asym_id",
                "end_label_seq_id",
                "pdbx_end_PDB_ins_code",
                "beg_auth_comp_id",
                "beg_auth_asym_id",
                "beg_auth_seq_id",
                "end_auth_comp_id",
                "end_auth_asym_id",
                "end_auth_seq_id",
                "pdbx_PDB_helix_length");
        int number = 0;
        for (SecondaryStructureElement element : elements) {
            String type = type(element.state());
            types.add(type);
            number++;
            String firstName = structure.sequence().at(element.first()).threeLetterCode();
            String lastName = structure.sequence().at(element.last()).threeLetterCode();
            ResidueNumber first = structure.residueNumber(element.first());
            ResidueNumber last = structure.residueNumber(element.last());
            conformations.row(
                    type,
                    type + number,
                    firstName,
                    asym,
                    element.first() + 1,
                    ModelCifWriter.insertionCode(first),
                    lastName,
                    asym,
                    element.last() + 1,
                    ModelCifWriter.insertionCode(last),
                    firstName,
                    asym,
                    first.number(),
                    lastName,
                    asym,
                    last.number(),
                    element.state().isHelix() ? element.length() : CifTable.UNKNOWN);
        }
        CifTable criteria = new CifTable("struct_conf_type", "id", "criteria");
        types.forEach(type -> criteria.row(type, "DSSP"));
        criteria.addTo(block);
        conformations.addTo(block);
    }

    private static String type(SecondaryStructure state) {
        return switch (state) {
            case HELIX_3_10 -> "HELX_RH_3T_P";
            case PI_HELIX -> "HELX_RH_PI_P";
            case STRAND -> "STRN";
            default -> "HELX_RH_AL_P";
        };
    }
}
