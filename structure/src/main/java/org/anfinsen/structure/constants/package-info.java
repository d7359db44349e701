/**
 * What every standard residue looks like: its atoms, rigid groups, ideal positions, side-chain torsions and bonds. The
 * numbers are tables under {@code src/main/resources}, which {@code training/} reads as well. Start at
 * {@code ResidueConstants}. Nothing here knows a particular protein.
 */
@NullMarked
package org.anfinsen.structure.constants;

import org.jspecify.annotations.NullMarked;
