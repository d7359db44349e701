/**
 * The network's parameters under the names that AlphaFold publishes. In: an npz file, or OpenFold's checkpoint with
 * names and layouts of its own ({@code OpenFoldCheckpoint}). Out: {@code Parameters}, read once, every array taken
 * once, and {@code NetworkDimensions}, all sizes read from the arrays' shapes. Start at
 * {@link org.anfinsen.network.parameters.Parameters}.
 */
@NullMarked
package org.anfinsen.network.parameters;

import org.jspecify.annotations.NullMarked;
