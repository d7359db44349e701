package org.anfinsen.pipeline.batch;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.step.StepExecution;

/**
 * Hands out partitions in their order, the one with the longest targets first, so that a long target does not begin when
 * all others are done. Spring Batch's own splitter hands them out by hash.
 */
final class LongestFirstSplitter implements StepExecutionSplitter {

    private final SimpleStepExecutionSplitter splitter;

    LongestFirstSplitter(SimpleStepExecutionSplitter splitter) {
        this.splitter = splitter;
    }

    @Override
    public String getStepName() {
        return splitter.getStepName();
    }

    @Override
    public Set<StepExecution> split(StepExecution stepExecution, int gridSize) throws JobExecutionException {
        LinkedHashSet<StepExecution> ordered = new LinkedHashSet<>();
        splitter.split(stepExecution, gridSize).stream()
                .sorted(Comparator.comparingInt(
                        execution -> Share.of(execution.getExecutionContext()).index()))
                .forEach(ordered::add);
        return ordered;
    }
}
