/**
 * Plain Java values for what goes into and comes out of the network: an array and its shape. Row-major, last axis
 * fastest. Nothing native is in here. Start at {@link org.anfinsen.network.tensor.Tensor}.
 */
@NullMarked
package org.anfinsen.network.tensor;

import org.jspecify.annotations.NullMarked;
