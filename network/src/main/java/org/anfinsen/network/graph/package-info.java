/**
 * Writes ONNX graphs: operations by name over values by name, weights streamed into a file beside the model. Knows
 * nothing of proteins. In: calls. Out: {@code model.onnx} and {@code model.onnx.data}. Start at
 * {@link org.anfinsen.network.graph.Graph}.
 */
@NullMarked
package org.anfinsen.network.graph;

import org.jspecify.annotations.NullMarked;
