package org.anfinsen.pipeline.batch;

import java.util.List;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.Stage;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/** The steps that work on partitions, by the names of their stages. Every worker process has them. */
public final class StageSteps implements StepLocator {

    private final List<Step> steps;

    /** The stages' own transactions are those that count: a step here may take hours, and holds no connection. */
    public StageSteps(JobRepository repository, BenchmarkStore store, List<Stage> stages) {
        steps = stages.stream().map(stage -> step(repository, store, stage)).toList();
    }

    private static Step step(JobRepository repository, BenchmarkStore store, Stage stage) {
        return new StepBuilder(stage.name(), repository)
                .tasklet(new StageTasklet(store, stage), new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    @Override
    public Step getStep(String stepName) {
        return steps.stream()
                .filter(step -> step.getName().equals(stepName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage is called " + stepName));
    }
}
