/**
 * The structure module: from the single and pair representations to backbone frames and torsion angles. In the graph
 * translations are in nanometres, as the published parameters expect; they leave in Å. Start at
 * {@link org.anfinsen.network.structuremodule.StructureModule}.
 */
@NullMarked
package org.anfinsen.network.structuremodule;

import org.jspecify.annotations.NullMarked;
