/**
 * Folds a backbone into given distances, by gradient descent over its atoms. In: what each distance costs, what it is expected
 * to be, and torsions to stay near to. Out: the atoms of the best fold. Start at {@code BackboneDescent}; {@code SideChainPacking}
 * then turns the side chains.
 */
@NullMarked
package org.anfinsen.structure.folding;

import org.jspecify.annotations.NullMarked;
