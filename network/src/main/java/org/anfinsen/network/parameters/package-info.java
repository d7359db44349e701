/**
 * The network's parameters under the names that AlphaFold publishes. In: an npz file. Out: {@code Parameters}, read
 * once, every array taken once, and {@code NetworkDimensions}, all sizes read from the arrays' shapes. Start at
 * {@link org.anfinsen.network.parameters.Parameters}.
 */
@NullMarked
package org.anfinsen.network.parameters;

import org.jspecify.annotations.NullMarked;
