package org.anfinsen.structure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseDateTest {

    private static final String ATOM =
            "ATOM      1  CA  ALA A   1      11.000  12.000  13.000  1.00 20.00           C\n";
    private static final String CIF = """
        data_1ABC
        loop_
        _atom_site.group_PDB
        _atom_site.id
        _atom_site.type_symbol
        _atom_site.label_atom_id
        _atom_site.label_alt_id
        _atom_site.label_comp_id
        _atom_site.label_asym_id
        _atom_site.label_entity_id
        _atom_site.label_seq_id
        _atom_site.pdbx_PDB_ins_code
        _atom_site.Cartn_x
        _atom_site.Cartn_y
        _atom_site.Cartn_z
        _atom_site.occupancy
        _atom_site.B_iso_or_equiv
        _atom_site.auth_seq_id
        _atom_site.auth_asym_id
        _atom_site.pdbx_PDB_model_num
        ATOM 1 C CA . ALA A 1 1 ? 11.0 12.0 13.0 1.0 20.0 1 A 1
        """;

    private static Optional<LocalDate> released(String text) throws StructureFormatException {
        return StructureReader.readEntry("x", text.getBytes(StandardCharsets.ISO_8859_1))
                .released();
    }

    @Test
    void isThatOfTheFirstRevisionOfAPdbFile() throws StructureFormatException {
        String revisions = "REVDAT   2   13-JUL-11 4HHB    1       VERSN\nREVDAT   1   17-JUL-84 4HHB    0\n";
        assertThat(released(revisions + ATOM)).contains(LocalDate.of(1984, 7, 17));
        assertThat(released("REVDAT   1   17-JUL-24 4HHB    0\n" + ATOM)).contains(LocalDate.of(2024, 7, 17));
    }

    @Test
    void isThatOfTheFirstRevisionOfAnMmCifFile() throws StructureFormatException {
        String revisions = """
            loop_
            _pdbx_audit_revision_history.ordinal
            _pdbx_audit_revision_history.data_content_type
            _pdbx_audit_revision_history.major_revision
            _pdbx_audit_revision_history.minor_revision
            _pdbx_audit_revision_history.revision_date
            1 'Structure model' 1 0 1984-07-17
            2 'Structure model' 1 1 2008-03-03
            """;
        assertThat(released(CIF + revisions)).contains(LocalDate.of(1984, 7, 17));
    }

    @Test
    void isUnknownWhereTheFileDoesNotSayIt() throws StructureFormatException {
        assertThat(released("HEADER    OXYGEN TRANSPORT                        07-MAR-84   4HHB\n" + ATOM))
                .isEmpty();
        assertThat(released("REVDAT   1   41-FOO-84\n" + ATOM)).isEmpty();
        assertThat(released(CIF)).isEmpty();
    }
}
