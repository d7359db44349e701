package org.anfinsen.pipeline.batch;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;

/** Who works on the partitions of a stage: threads of this process, or workers behind a broker. */
@FunctionalInterface
public interface StageWorkers {

    /**
     * Hands the partitions of one stage out.
     *
     * @param step the stage's step, for handlers that run it themselves
     */
    PartitionHandler handler(Step step);
}
