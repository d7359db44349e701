package org.anfinsen.structure.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.Element;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.rcsb.cif.CifBuilder;
import org.rcsb.cif.CifIO;
import org.rcsb.cif.model.BlockBuilder;
import org.rcsb.cif.model.CifFile;
import org.rcsb.cif.model.CifFileBuilder;

/**
 * Writes a prediction as mmCIF with the ModelCIF extension (dictionary {@code mmcif_ma.dic}): the polymer, the protocol,
 * pLDDT per residue and over all, pTM and the predicted aligned error of residue pairs where known, helices and strands as
 * DSSP assigns them (in {@code struct_conf} both, as the AlphaFold database has them), the atoms.
 */
public final class ModelCifWriter {

    static final String MODEL = "1";
    static final String SOFTWARE_GROUP = "1";

    private static final String ENTITY = "1";
    private static final String TARGET_DATA = "1";
    private static final String MODEL_DATA = "2";
    private static final String TARGET_DATA_GROUP = "1";
    private static final String MODEL_DATA_GROUP = "2";

    private final ProteinStructure structure;
    private final ModelDescription description;
    private final String asym;
    private final BlockBuilder<? extends CifFileBuilder> block;

    private ModelCifWriter(
            ProteinStructure structure, ModelDescription description, BlockBuilder<? extends CifFileBuilder> block) {
        this.structure = structure;
        this.description = description;
        this.asym = structure.chainId().isEmpty() ? "A" : structure.chainId();
        this.block = block;
    }

    /** Expected error of residue j in Å when prediction and truth are aligned on residue i; both count from 0. */
    @FunctionalInterface
    public interface PairErrors {
        double at(int i, int j);
    }

    /** The whole file, without a predicted aligned error. */
    public static String write(ProteinStructure structure, ModelDescription description) {
        return write(structure, description, Optional.empty());
    }

    /**
     * The whole file. The errors of all pairs take some 35 bytes each, most of the file of a long chain.
     *
     * @param pairErrors predicted aligned error, where the model has that head
     */
    public static String write(
            ProteinStructure structure, ModelDescription description, Optional<PairErrors> pairErrors) {
        CifFileBuilder file = CifBuilder.enterFile();
        String header = description.entryId().replaceAll("[^A-Za-z0-9_.-]", "_");
        ModelCifWriter writer = new ModelCifWriter(structure, description, file.enterBlock(header));
        ModelCifConfidence confidence = new ModelCifConfidence(structure, description, pairErrors, writer.asym);
        writer.addEntry(header);
        writer.addPolymer();
        writer.addSoftware();
        writer.addProtocol();
        confidence.addTo(writer.block);
        new ModelCifSecondaryStructure(structure, writer.asym).addTo(writer.block);
        writer.addAtoms();
        writer.block.leaveBlock();
        CifFile built = file.leaveFile();
        try {
            return new String(CifIO.writeText(built), StandardCharsets.UTF_8) + confidence.pairs();
        } catch (IOException e) {
            throw new UncheckedIOException("ciftools cannot write to memory", e);
        }
    }

    private void addEntry(String entryId) {
        new CifTable("entry", "id").row(entryId).addTo(block);
        new CifTable("audit_conform", "dict_name", "dict_version", "dict_location")
                .row(
                        "mmcif_ma.dic",
                        "1.4.9",
                        "https://raw.githubusercontent.com/ihmwg/ModelCIF/master/dist/mmcif_ma.dic")
                .addTo(block);
        new CifTable("struct", "entry_id", "title")
                .row(entryId, orUnknown(description.title()))
                .addTo(block);
    }

    private void addPolymer() {
        Set<AminoAcid> kinds = EnumSet.noneOf(AminoAcid.class);
        StringBuilder oneLetter = new StringBuilder();
        CifTable polymerSequence = new CifTable("entity_poly_seq", "entity_id", "num", "mon_id", "hetero");
        CifTable numbering = new CifTable(
                "pdbx_poly_seq_scheme",
                "asym_id",
                "entity_id",
                "seq_id",
                "mon_id",
                "ndb_seq_num",
                "pdb_seq_num",
                "auth_seq_num",
                "pdb_mon_id",
                "auth_mon_id",
                "pdb_strand_id",
                "pdb_ins_code",
                "hetero");
        for (int i = 0; i < structure.length(); i++) {
            AminoAcid aminoAcid = structure.sequence().at(i);
            String name = aminoAcid.threeLetterCode();
            int number = structure.residueNumber(i).number();
            kinds.add(aminoAcid);
            oneLetter.append(aminoAcid.isStandard() ? Character.toString(aminoAcid.code()) : "(UNK)");
            polymerSequence.row(ENTITY, i + 1, name, "n");
            numbering.row(asym, ENTITY, i + 1, name, i + 1, number, number, name, name, asym, insertionCode(i), "n");
        }
        CifTable components = new CifTable("chem_comp", "id", "type", "mon_nstd_flag", "name");
        for (AminoAcid kind : kinds) {
            components.row(
                    kind.threeLetterCode(),
                    kind == AminoAcid.GLY ? "peptide linking" : "L-peptide linking",
                    kind.isStandard() ? "y" : "n",
                    ComponentNames.of(kind));
        }
        components.addTo(block);
        new CifTable("entity", "id", "type", "src_method", "pdbx_description", "pdbx_number_of_molecules")
                .row(ENTITY, "polymer", "man", structure.sequence().name(), 1)
                .addTo(block);
        new CifTable(
                        "entity_poly",
                        "entity_id",
                        "type",
                        "nstd_linkage",
                        "nstd_monomer",
                        "pdbx_strand_id",
                        "pdbx_seq_one_letter_code",
                        "pdbx_seq_one_letter_code_can")
                .row(
                        ENTITY,
                        "polypeptide(L)",
                        "no",
                        kinds.contains(AminoAcid.UNKNOWN) ? "yes" : "no",
                        asym,
                        oneLetter,
                        structure.sequence().residues())
                .addTo(block);
        polymerSequence.addTo(block);
        new CifTable("struct_asym", "id", "entity_id", "pdbx_blank_PDB_chainid_flag", "pdbx_modified", "details")
                .row(asym, ENTITY, "N", "N", CifTable.UNKNOWN)
                .addTo(block);
        numbering.addTo(block);
        new CifTable("ma_target_entity", "entity_id", "data_id", "origin")
                .row(ENTITY, TARGET_DATA, "designed")
                .addTo(block);
        new CifTable("ma_target_entity_instance", "asym_id", "entity_id", "details")
                .row(asym, ENTITY, CifTable.UNKNOWN)
                .addTo(block);
    }

    private void addSoftware() {
        new CifTable("software", "pdbx_ordinal", "name", "classification", "description", "version", "type", "date")
                .row(
                        1,
                        "Anfinsen",
                        "model building",
                        "Structure prediction with the AlphaFold 2 network, parameters " + description.modelName()
                                + ", version " + description.modelVersion(),
                        orUnknown(description.softwareVersion()),
                        "package",
                        description.created())
                .addTo(block);
        new CifTable("ma_software_group", "ordinal_id", "group_id", "software_id")
                .row(1, SOFTWARE_GROUP, 1)
                .addTo(block);
    }

    private void addProtocol() {
        new CifTable("ma_data", "id", "name", "content_type")
                .row(TARGET_DATA, structure.sequence().name(), "target")
                .row(MODEL_DATA, "Predicted model", "model coordinates")
                .addTo(block);
        new CifTable("ma_data_group", "ordinal_id", "group_id", "data_id")
                .row(1, TARGET_DATA_GROUP, TARGET_DATA)
                .row(2, MODEL_DATA_GROUP, MODEL_DATA)
                .addTo(block);
        new CifTable(
                        "ma_model_list",
                        "ordinal_id",
                        "model_id",
                        "model_group_id",
                        "model_name",
                        "model_group_name",
                        "data_id",
                        "model_type")
                .row(1, MODEL, 1, description.modelName(), "All models", MODEL_DATA, "Ab initio model")
                .addTo(block);
        new CifTable(
                        "ma_protocol_step",
                        "ordinal_id",
                        "protocol_id",
                        "step_id",
                        "method_type",
                        "step_name",
                        "details",
                        "software_group_id",
                        "input_data_group_id",
                        "output_data_group_id")
                .row(
                        1,
                        1,
                        1,
                        "modeling",
                        "Prediction",
                        description.remarks().isEmpty() ? CifTable.UNKNOWN : String.join("; ", description.remarks()),
                        SOFTWARE_GROUP,
                        TARGET_DATA_GROUP,
                        MODEL_DATA_GROUP)
                .addTo(block);
    }

    private void addAtoms() {
        Set<Element> elements = new TreeSet<>();
        CifTable atoms = new CifTable(
                "atom_site",
                "group_PDB",
                "id",
                "type_symbol",
                "label_atom_id",
                "label_alt_id",
                "label_comp_id",
                "label_asym_id",
                "label_entity_id",
                "label_seq_id",
                "pdbx_PDB_ins_code",
                "Cartn_x",
                "Cartn_y",
                "Cartn_z",
                "occupancy",
                "B_iso_or_equiv",
                "auth_seq_id",
                "auth_comp_id",
                "auth_asym_id",
                "auth_atom_id",
                "pdbx_PDB_model_num");
        int serial = 0;
        for (int i = 0; i < structure.length(); i++) {
            String residue = structure.sequence().at(i).threeLetterCode();
            for (Atom atom : PdbWriter.fileOrder(structure, i)) {
                Vector3 position = structure.positions().at(i, atom);
                elements.add(atom.element());
                serial++;
                atoms.row(
                        "ATOM",
                        serial,
                        atom.element(),
                        atom,
                        CifTable.NOT_APPLICABLE,
                        residue,
                        asym,
                        ENTITY,
                        i + 1,
                        insertionCode(i),
                        CifTable.fixed(position.x(), 3),
                        CifTable.fixed(position.y(), 3),
                        CifTable.fixed(position.z(), 3),
                        "1.00",
                        CifTable.fixed(structure.bFactor(i), 2),
                        structure.residueNumber(i).number(),
                        residue,
                        asym,
                        atom,
                        MODEL);
            }
        }
        CifTable types = new CifTable("atom_type", "symbol");
        elements.forEach(types::row);
        types.addTo(block);
        atoms.addTo(block);
    }

    private String insertionCode(int residue) {
        return insertionCode(structure.residueNumber(residue));
    }

    static String insertionCode(ResidueNumber number) {
        return number.insertionCode() == ' ' ? CifTable.UNKNOWN : Character.toString(number.insertionCode());
    }

    private static String orUnknown(String text) {
        return text.isBlank() ? CifTable.UNKNOWN : text;
    }
}
