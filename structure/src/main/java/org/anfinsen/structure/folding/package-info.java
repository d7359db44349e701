/**
 * Folds a backbone into given distances, by gradient descent over its torsion angles (Senior et al. 2020, Nature 577). In:
 * what each distance costs and the torsions to start from. Out: the torsions of the best fold. Start at
 * {@code TorsionDescent}.
 */
@NullMarked
package org.anfinsen.structure.folding;

import org.jspecify.annotations.NullMarked;
