/**
 * The life of a prediction job, and the port behind which its state is kept. In: {@code NewPrediction}. Out:
 * {@code PredictionJob} with its events and artifacts. {@code PredictionStore} is the contract that the database module
 * implements and {@code PredictionWorker} lives by; start at {@code PredictionState}.
 */
@NullMarked
package org.anfinsen.pipeline.job;

import org.jspecify.annotations.NullMarked;
