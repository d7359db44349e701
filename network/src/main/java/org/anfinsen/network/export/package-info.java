/**
 * Parameters to graph: one recycling iteration of the network as an ONNX model. In: {@code Parameters}. Out: a model
 * file and its weights. Start at {@link org.anfinsen.network.export.IterationExporter}.
 */
@NullMarked
package org.anfinsen.network.export;

import org.jspecify.annotations.NullMarked;
