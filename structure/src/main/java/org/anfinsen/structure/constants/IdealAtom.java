package org.anfinsen.structure.constants;

/**
 * Where an atom lies in the frame of its rigid group, in Å (Jumper et al. 2021, Suppl. Table 2).
 *
 * @param atom  which atom
 * @param group the frame that the position is given in
 */
public record IdealAtom(Atom atom, RigidGroup group, double x, double y, double z) {}
