package org.anfinsen.structure.secondary;

import java.util.ArrayList;
import java.util.List;

/**
 * A helix or strand: neighbouring residues in one state.
 *
 * @param state a helix's, or {@link SecondaryStructure#STRAND}; a single bridge is none
 * @param first index of its first residue
 * @param last  index of its last one
 */
public record SecondaryStructureElement(SecondaryStructure state, int first, int last) {

    /** In the order of the chain, from one state per residue, {@code [N_res]}. */
    public static List<SecondaryStructureElement> of(List<SecondaryStructure> states) {
        List<SecondaryStructureElement> elements = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= states.size(); i++) {
            if (i == states.size() || states.get(i) != states.get(first)) {
                if (states.get(first).isHelix() || states.get(first) == SecondaryStructure.STRAND) {
                    elements.add(new SecondaryStructureElement(states.get(first), first, i - 1));
                }
                first = i;
            }
        }
        return elements;
    }

    /** How many residues. */
    public int length() {
        return last - first + 1;
    }
}
