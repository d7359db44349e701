/**
 * Pictures of a prediction, as PNG and SVG: pLDDT along the chain, predicted aligned error, distances, Ramachandran,
 * alignment coverage. In: the values of {@code pipeline.confidence}, torsion angles, depth. Out: {@code Plot}s.
 */
@NullMarked
package org.anfinsen.pipeline.plot;

import org.jspecify.annotations.NullMarked;
