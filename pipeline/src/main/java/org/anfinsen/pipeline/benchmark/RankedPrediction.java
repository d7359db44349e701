package org.anfinsen.pipeline.benchmark;

import java.util.UUID;

/**
 * One finished prediction of a target; its place in a list is its rank.
 *
 * @param model     name of the network that made it
 * @param seed      what it was made with
 * @param job       where its files are, see {@link org.anfinsen.pipeline.job.PredictionStore#artifact}
 * @param meanPlddt 0-100, decides the rank
 * @param seconds   from the first stage to the last; 0 if the result was there before
 */
public record RankedPrediction(String model, long seed, UUID job, double meanPlddt, double seconds) {}
