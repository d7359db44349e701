/**
 * From a sequence and its alignment to a predicted structure. In: {@code NewPrediction}. Out: {@code PredictionResult}. Start
 * at {@code StructurePredictor}; the recycling loop is {@code Inference}.
 */
@NullMarked
package org.anfinsen.pipeline;

import org.jspecify.annotations.NullMarked;
