package org.anfinsen.pipeline.batch;

import java.util.Optional;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.Stage;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Works on the targets of one share, one at a time. Where it goes on after a crash is written with the targets, not here. A
 * target that fails is recorded as failed and the next one is taken.
 */
final class StageTasklet implements Tasklet {

    private static final Logger LOG = LoggerFactory.getLogger(StageTasklet.class);

    private final BenchmarkStore store;
    private final Stage stage;

    StageTasklet(BenchmarkStore store, Stage stage) {
        this.store = store;
        this.stage = stage;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws JobInterruptedException {
        Share share = Share.of(context.getStepContext().getStepExecution().getExecutionContext());
        if (stopped(share)) {
            throw new JobInterruptedException("benchmark " + share.benchmark() + " is to stop");
        }
        Optional<BenchmarkTarget> target = store.next(share.benchmark(), share.index(), share.count(), stage.from());
        if (target.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        work(share, target.get());
        contribution.incrementWriteCount(1);
        return RepeatStatus.CONTINUABLE;
    }

    private void work(Share share, BenchmarkTarget target) throws JobInterruptedException {
        try {
            stage.run(share.benchmark(), target, () -> stopped(share));
        } catch (Stage.StoppedException e) {
            throw new JobInterruptedException("benchmark " + share.benchmark() + " is to stop");
        } catch (Stage.TargetFailedException e) {
            LOG.warn("Target {} failed {}: {}", target.name(), stage.name(), e.getMessage());
            store.failed(share.benchmark(), target.name(), stage.name(), String.valueOf(e.getMessage()));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Target {} failed {}", target.name(), stage.name(), e);
            store.failed(share.benchmark(), target.name(), stage.name(), String.valueOf(e));
        }
    }

    private boolean stopped(Share share) {
        return store.isToStop(share.benchmark());
    }
}
