package org.anfinsen.structure.secondary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.biojava.nbio.structure.AminoAcidImpl;
import org.biojava.nbio.structure.AtomImpl;
import org.biojava.nbio.structure.Chain;
import org.biojava.nbio.structure.ChainImpl;
import org.biojava.nbio.structure.Element;
import org.biojava.nbio.structure.EntityInfo;
import org.biojava.nbio.structure.EntityType;
import org.biojava.nbio.structure.Structure;
import org.biojava.nbio.structure.StructureException;
import org.biojava.nbio.structure.StructureImpl;
import org.biojava.nbio.structure.secstruc.SecStrucCalc;
import org.biojava.nbio.structure.secstruc.SecStrucState;
import org.biojava.nbio.structure.secstruc.SecStrucType;

/**
 * DSSP's assignment from hydrogen-bond energies (Kabsch and Sander 1983), as BioJava's {@code SecStrucCalc} computes it.
 */
public final class SecondaryStructureAssignment {

    /** Fewer make neither helix nor strand; BioJava refuses them. */
    private static final int RESIDUES_MIN = 5;

    private static final List<Atom> BACKBONE = List.of(Atom.N, Atom.CA, Atom.C, Atom.O);

    private SecondaryStructureAssignment() {}

    /** One state per residue, {@code [N_res]}; coil for a residue whose backbone is not complete. */
    public static List<SecondaryStructure> assign(ProteinStructure structure) {
        List<SecondaryStructure> states =
                new ArrayList<>(Collections.nCopies(structure.length(), SecondaryStructure.COIL));
        Structure converted = convert(structure);
        if (converted.getChains().getFirst().getAtomGroups().size() < RESIDUES_MIN) {
            return states;
        }
        try {
            for (SecStrucState state : new SecStrucCalc().calculate(converted, false)) {
                // Residues were numbered by index on the way in.
                int index = state.getGroup().getResidueNumber().getSeqNum();
                states.set(index, ours(state.getType()));
            }
        } catch (StructureException e) {
            throw new IllegalStateException("BioJava cannot assign secondary structure", e);
        }
        return states;
    }

    private static SecondaryStructure ours(SecStrucType type) {
        return switch (type) {
            case helix4 -> SecondaryStructure.ALPHA_HELIX;
            case bridge -> SecondaryStructure.BETA_BRIDGE;
            case extended -> SecondaryStructure.STRAND;
            case helix3 -> SecondaryStructure.HELIX_3_10;
            case helix5 -> SecondaryStructure.PI_HELIX;
            case turn -> SecondaryStructure.TURN;
            case bend -> SecondaryStructure.BEND;
            case coil -> SecondaryStructure.COIL;
        };
    }

    private static Structure convert(ProteinStructure structure) {
        Chain chain = new ChainImpl();
        chain.setId("A");
        chain.setName("A");
        EntityInfo entity = new EntityInfo();
        entity.setType(EntityType.POLYMER);
        chain.setEntityInfo(entity);
        for (int i = 0; i < structure.length(); i++) {
            int residue = i;
            if (BACKBONE.stream().allMatch(atom -> structure.positions().isPresent(residue, atom))) {
                AminoAcidImpl group = new AminoAcidImpl();
                group.setPDBName(structure.sequence().at(i).threeLetterCode());
                group.setResidueNumber("A", i, null);
                for (Atom atom : BACKBONE) {
                    // BioJava tells atoms apart by their serial numbers.
                    int serial = i * BACKBONE.size() + BACKBONE.indexOf(atom) + 1;
                    group.addAtom(atom(serial, atom, structure.positions().at(i, atom)));
                }
                chain.addGroup(group);
            }
        }
        Structure converted = new StructureImpl();
        converted.addChain(chain);
        return converted;
    }

    private static AtomImpl atom(int serial, Atom name, Vector3 position) {
        AtomImpl atom = new AtomImpl();
        atom.setPDBserial(serial);
        atom.setName(name.name());
        atom.setElement(Element.valueOf(name.element().name()));
        atom.setX(position.x());
        atom.setY(position.y());
        atom.setZ(position.z());
        return atom;
    }
}
