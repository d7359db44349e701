package org.anfinsen.pipeline.batch;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Threads of this process; no broker is needed. */
public final class LocalWorkers implements StageWorkers {

    private final int concurrency;

    /** @param concurrency targets that are worked on at a time */
    public LocalWorkers(int concurrency) {
        this.concurrency = concurrency;
    }

    @Override
    public PartitionHandler handler(Step step) {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("benchmark-" + step.getName() + "-");
        threads.setConcurrencyLimit(concurrency);
        TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
        handler.setStep(step);
        handler.setTaskExecutor(threads);
        return handler;
    }
}
