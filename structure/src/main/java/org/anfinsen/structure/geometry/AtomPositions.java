package org.anfinsen.structure.geometry;

import java.util.BitSet;
import java.util.Optional;
import org.anfinsen.structure.constants.Atom;

/**
 * Where the heavy atoms of a chain are: {@code [N_res, 37, 3]} in Å with a mask {@code [N_res, 37]}. Immutable; the
 * array belongs to this object and is reached through {@link #at}.
 */
public final class AtomPositions {

    private final int length;
    private final double[] xyz;
    private final BitSet present;

    private AtomPositions(int length, double[] xyz, BitSet present) {
        this.length = length;
        this.xyz = xyz;
        this.present = present;
    }

    /** Starts with a chain of {@code length} residues that has no atoms yet. */
    public static Builder builder(int length) {
        return new Builder(length);
    }

    /** N_res. */
    public int length() {
        return length;
    }

    /** Whether the atom of the residue, counted from 0, has a position. */
    public boolean isPresent(int residue, Atom atom) {
        return present.get(slot(residue, atom));
    }

    /**
     * The position of an atom in Å.
     *
     * @param residue counts from 0
     * @throws IllegalArgumentException if the atom is absent; the message says which
     */
    public Vector3 at(int residue, Atom atom) {
        int slot = slot(residue, atom);
        if (!present.get(slot)) {
            throw new IllegalArgumentException("residue " + residue + " has no atom " + atom);
        }
        return new Vector3(xyz[3 * slot], xyz[3 * slot + 1], xyz[3 * slot + 2]);
    }

    /** The position of an atom in Å; empty if it is absent. */
    public Optional<Vector3> find(int residue, Atom atom) {
        return isPresent(residue, atom) ? Optional.of(at(residue, atom)) : Optional.empty();
    }

    /** Number of atoms that have a position. */
    public int atomCount() {
        return present.cardinality();
    }

    /** All atoms after a rigid motion. */
    public AtomPositions moved(RigidFrame motion) {
        Builder builder = builder(length);
        for (int residue = 0; residue < length; residue++) {
            for (Atom atom : Atom.ALL) {
                if (isPresent(residue, atom)) {
                    builder.set(residue, atom, motion.apply(at(residue, atom)));
                }
            }
        }
        return builder.build();
    }

    private int slot(int residue, Atom atom) {
        if (residue < 0 || residue >= length) {
            throw new IndexOutOfBoundsException("residue " + residue + " of " + length);
        }
        return residue * Atom.COUNT + atom.index();
    }

    /** Collects positions; not for use by several threads. */
    public static final class Builder {

        private AtomPositions positions;

        private Builder(int length) {
            positions = new AtomPositions(length, new double[length * Atom.COUNT * 3], new BitSet());
        }

        /**
         * Places an atom.
         *
         * @throws IllegalArgumentException if a coordinate is not finite
         */
        public Builder set(int residue, Atom atom, Vector3 position) {
            if (!Double.isFinite(position.x() + position.y() + position.z())) {
                throw new IllegalArgumentException("residue " + residue + ", atom " + atom + ": " + position);
            }
            int slot = positions.slot(residue, atom);
            positions.xyz[3 * slot] = position.x();
            positions.xyz[3 * slot + 1] = position.y();
            positions.xyz[3 * slot + 2] = position.z();
            positions.present.set(slot);
            return this;
        }

        /** The positions; the builder starts afresh with as many residues. */
        public AtomPositions build() {
            AtomPositions built = positions;
            positions = new AtomPositions(built.length, new double[built.xyz.length], new BitSet());
            return built;
        }
    }
}
