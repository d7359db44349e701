package org.anfinsen.pipeline.batch;

import java.util.Optional;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Runs benchmarks in the calling thread. A run that ended with its process is taken up where it was: the next run of the
 * same benchmark leaves out what is done.
 */
public final class BenchmarkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final BenchmarkStore store;
    private final BenchmarkJob jobs;
    private final JobRepository repository;
    private final JobOperator operator;

    /** @param operator runs jobs in the thread that starts them */
    public BenchmarkRunner(BenchmarkStore store, BenchmarkJob jobs, JobRepository repository, JobOperator operator) {
        this.store = store;
        this.jobs = jobs;
        this.repository = repository;
        this.operator = operator;
    }

    /**
     * Runs a benchmark to its end, or on from where it was left.
     *
     * @param report writes the report
     * @return how it ended; empty if another process is at it
     */
    public Optional<BatchStatus> run(UUID benchmark, Runnable report) {
        Optional<BenchmarkStore.Hold> held = store.hold(benchmark);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        BenchmarkStore.Hold hold = held.get();
        try {
            recover(benchmark);
            store.requestStop(benchmark, false);
            BatchStatus status = operator.start(jobs.of(benchmark, report), parameters(benchmark))
                    .getStatus();
            LOG.info("Benchmark {} ended: {}", benchmark, status);
            return Optional.of(status);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("Spring Batch does not start benchmark " + benchmark, e);
        } finally {
            hold.close();
        }
    }

    /** How the last run stands; empty if there was none. A run whose process has died stands as it did then. */
    public Optional<BatchStatus> status(UUID benchmark) {
        return last(benchmark).map(JobExecution::getStatus);
    }

    /** The hold proves that the process of a run that has not ended is gone. */
    private void recover(UUID benchmark) {
        last(benchmark).filter(JobExecution::isRunning).ifPresent(execution -> {
            LOG.info("Benchmark {} was left by a process that has died; going on with it", benchmark);
            operator.recover(execution);
        });
    }

    private Optional<JobExecution> last(UUID benchmark) {
        return Optional.ofNullable(repository.getLastJobExecution(BenchmarkJob.NAME, parameters(benchmark)));
    }

    private static JobParameters parameters(UUID benchmark) {
        return new JobParametersBuilder()
                .addString("benchmark", benchmark.toString())
                .toJobParameters();
    }
}
