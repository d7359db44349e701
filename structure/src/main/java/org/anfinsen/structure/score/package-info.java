/**
 * How close a model is to a native structure, and how sound it is by itself. In: {@code ProteinStructure}s. Out: numbers
 * from 0 to 1, or Å. Start at {@code StructureComparison} and {@code StructureQuality}.
 */
@NullMarked
package org.anfinsen.structure.score;

import org.jspecify.annotations.NullMarked;
