package org.anfinsen.pipeline.batch;

import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.Stage;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/** Makes the Spring Batch job of a benchmark: the stages one after another, each partitioned by target, then the report. */
public final class BenchmarkJob {

    /** The job's name in the repository. */
    public static final String NAME = "benchmark";

    private static final String MANAGER_SUFFIX = "-all";

    private final JobRepository repository;
    private final BenchmarkStore store;
    private final StageSteps steps;
    private final List<Stage> stages;
    private final StageWorkers workers;

    public BenchmarkJob(
            JobRepository repository,
            BenchmarkStore store,
            StageSteps steps,
            List<Stage> stages,
            StageWorkers workers) {
        this.repository = repository;
        this.store = store;
        this.steps = steps;
        this.stages = List.copyOf(stages);
        this.workers = workers;
    }

    /**
     * The job of one benchmark.
     *
     * @param report writes the report, as the last step
     */
    public Job of(UUID benchmark, Runnable report) {
        SimpleJobBuilder job = new JobBuilder(NAME, repository).start(partitioned(benchmark, stages.getFirst()));
        for (Stage stage : stages.subList(1, stages.size())) {
            job = job.next(partitioned(benchmark, stage));
        }
        return job.next(reporting(report)).build();
    }

    private Step partitioned(UUID benchmark, Stage stage) {
        Step step = steps.getStep(stage.name());
        SimpleStepExecutionSplitter splitter =
                new SimpleStepExecutionSplitter(repository, stage.name(), new TargetPartitioner(store, benchmark));
        return new StepBuilder(stage.name() + MANAGER_SUFFIX, repository)
                .partitioner(step)
                .splitter(new LongestFirstSplitter(splitter))
                .partitionHandler(workers.handler(step))
                .build();
    }

    private Step reporting(Runnable report) {
        return new StepBuilder("reporting", repository)
                .tasklet(
                        (contribution, context) -> {
                            report.run();
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }
}
