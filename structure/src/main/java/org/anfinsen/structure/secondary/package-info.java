/**
 * Helices and strands from coordinates. In: a {@code ProteinStructure}. Out: one state per residue. Start at
 * {@code SecondaryStructureAssignment}.
 */
@NullMarked
package org.anfinsen.structure.secondary;

import org.jspecify.annotations.NullMarked;
