package org.anfinsen.structure.score;

import java.util.OptionalDouble;
import org.anfinsen.structure.geometry.RigidFrame;

/**
 * How close a model is to its native. Scores are 0 to 1, 1 being best, and are normalised by the native's length, so
 * that a residue the model lacks counts against it; RMSD is over the residues in common.
 *
 * @param rmsd           C-alpha RMSD in Å after the best superposition of all residues in common
 * @param gdtTs          GDT_TS over C-alpha
 * @param gdtHa          GDT_HA over C-alpha
 * @param tmScore        TM-score over C-alpha, residue by residue, nothing re-aligned
 * @param lddt           lDDT over C-alpha
 * @param lddtAllAtoms   lDDT over all heavy atoms; empty if model or native has C-alpha atoms only
 * @param matched        residues in common that have a C-alpha in both
 * @param modelLength    residues of the model
 * @param nativeLength   residues of the native that have a C-alpha
 * @param byNumber       whether residue numbers decided what is compared with what; if not, a sequence alignment did
 * @param superposition  the motion of the model onto the native that TM-score found
 */
public record ComparisonScores(
        double rmsd,
        double gdtTs,
        double gdtHa,
        double tmScore,
        double lddt,
        OptionalDouble lddtAllAtoms,
        int matched,
        int modelLength,
        int nativeLength,
        boolean byNumber,
        RigidFrame superposition) {}
