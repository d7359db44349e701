package org.anfinsen.structure.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ModifiedResidues;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.biojava.nbio.structure.Group;
import org.jspecify.annotations.Nullable;

/** From the groups of a BioJava chain to our chain. */
final class BioJavaChain {

    /** One residue with its chosen atoms. */
    private record Residue(
            AminoAcid aminoAcid, ResidueNumber number, Map<Atom, org.biojava.nbio.structure.Atom> atoms) {

        float bFactor() {
            org.biojava.nbio.structure.Atom ca = atoms.get(Atom.CA);
            return (ca == null ? atoms.values().iterator().next() : ca).getTempFactor();
        }
    }

    private BioJavaChain() {}

    /**
     * The protein residues among the groups; empty if there are none.
     *
     * @throws StructureFormatException if two residues have one number
     */
    static Optional<ProteinStructure> convert(String file, String chainId, List<Group> groups)
            throws StructureFormatException {
        List<Residue> residues = new ArrayList<>();
        for (Group group : groups) {
            residue(group).ifPresent(residues::add);
        }
        if (residues.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder codes = new StringBuilder();
        List<ResidueNumber> numbers = new ArrayList<>();
        AtomPositions.Builder positions = AtomPositions.builder(residues.size());
        float[] bFactors = new float[residues.size()];
        for (int i = 0; i < residues.size(); i++) {
            Residue residue = residues.get(i);
            codes.append(residue.aminoAcid().code());
            numbers.add(residue.number());
            bFactors[i] = residue.bFactor();
            for (Map.Entry<Atom, org.biojava.nbio.structure.Atom> entry :
                    residue.atoms().entrySet()) {
                org.biojava.nbio.structure.Atom atom = entry.getValue();
                positions.set(i, entry.getKey(), new Vector3(atom.getX(), atom.getY(), atom.getZ()));
            }
        }
        try {
            ProteinSequence sequence = new ProteinSequence(file, codes.toString());
            return Optional.of(new ProteinStructure(sequence, chainId.strip(), numbers, positions.build(), bFactors));
        } catch (IllegalArgumentException e) {
            throw new StructureFormatException(file, "chain '" + chainId + "': " + e.getMessage(), e);
        }
    }

    private static Optional<Residue> residue(Group group) {
        String name = group.getPDBName().strip();
        Optional<AminoAcid> known = AminoAcid.ofThreeLetterCode(name).or(() -> ModifiedResidues.parent(name));
        Map<Atom, org.biojava.nbio.structure.Atom> atoms = new EnumMap<>(Atom.class);
        collect(group, name, atoms);
        for (Group alternative : group.getAltLocs()) {
            collect(alternative, name, atoms);
        }
        boolean hasBackbone = atoms.containsKey(Atom.N) && atoms.containsKey(Atom.CA) && atoms.containsKey(Atom.C);
        boolean isResidue = known.isPresent() ? !atoms.isEmpty() : hasBackbone;
        if (!isResidue) {
            return Optional.empty();
        }
        org.biojava.nbio.structure.ResidueNumber number = group.getResidueNumber();
        Character insertionCode = number.getInsCode();
        return Optional.of(new Residue(
                known.orElse(AminoAcid.UNKNOWN),
                new ResidueNumber(number.getSeqNum(), insertionCode == null ? ' ' : insertionCode),
                atoms));
    }

    private static void collect(Group group, String name, Map<Atom, org.biojava.nbio.structure.Atom> atoms) {
        if (!group.getPDBName().strip().equals(name)) {
            // Another amino acid at the same place: the first one stands for both.
            return;
        }
        for (org.biojava.nbio.structure.Atom atom : group.getAtoms()) {
            Atom ours = name(atom);
            org.biojava.nbio.structure.Atom before = ours == null ? null : atoms.get(ours);
            if (ours != null && (before == null || atom.getOccupancy() > before.getOccupancy())) {
                atoms.put(ours, atom);
            }
        }
    }

    private static @Nullable Atom name(org.biojava.nbio.structure.Atom atom) {
        String name = atom.getName().strip();
        // Selenomethionine's selenium takes the place of methionine's sulphur.
        return Atom.ofName(name.equals("SE") ? "SD" : name).orElse(null);
    }
}
