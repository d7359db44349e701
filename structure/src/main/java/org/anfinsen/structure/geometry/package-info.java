/**
 * Rigid frames, torsions and the atoms they place. In: frames and torsions from the network, or atom positions from a
 * file. Out: {@code AtomPositions}, {@code TorsionAngles}. Lengths are Å, angles radians. Start at {@code RigidFrame} and
 * {@code AllAtomCoordinates}. No I/O happens here.
 */
@NullMarked
package org.anfinsen.structure.geometry;

import org.jspecify.annotations.NullMarked;
