package org.anfinsen.service.wiring;

import java.util.List;
import javax.sql.DataSource;
import org.anfinsen.db.JdbcBenchmarkStore;
import org.anfinsen.db.JdbcPredictionStore;
import org.anfinsen.pipeline.batch.BenchmarkJob;
import org.anfinsen.pipeline.batch.BenchmarkRunner;
import org.anfinsen.pipeline.batch.LocalWorkers;
import org.anfinsen.pipeline.batch.StageSteps;
import org.anfinsen.pipeline.batch.StageWorkers;
import org.anfinsen.pipeline.benchmark.AligningStage;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.PredictingStage;
import org.anfinsen.pipeline.benchmark.ScoringStage;
import org.anfinsen.pipeline.benchmark.Stage;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.report.BenchmarkReport;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.WorkerSettings;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Benchmarks: their store, their stages and the Spring Batch job around them. */
@Configuration(proxyBeanMethods = false)
class BenchmarkConfiguration {

    /** After the predictions' store, which makes the tables. */
    @Bean
    BenchmarkStore benchmarkStore(DataSource dataSource, JdbcPredictionStore predictions) {
        return new JdbcBenchmarkStore(dataSource);
    }

    @Bean
    BenchmarkStages benchmarkStages(BenchmarkStore store, PredictionStore predictions) {
        return new BenchmarkStages(List.of(
                new AligningStage(store),
                new PredictingStage(store, predictions),
                new ScoringStage(store, predictions)));
    }

    /** The stages in their order, as one bean. */
    record BenchmarkStages(List<Stage> all) {}

    @Bean
    StageSteps stageSteps(JobRepository repository, BenchmarkStore store, BenchmarkStages stages) {
        return new StageSteps(repository, store, stages.all());
    }

    /** One target more than predictions at a time, so that the queue is not empty while a result is stored. */
    @Bean
    @ConditionalOnProperty(name = "anfinsen.cluster.enabled", havingValue = "false", matchIfMissing = true)
    StageWorkers localWorkers(WorkerSettings settings) {
        return new LocalWorkers(settings.concurrency() + 1);
    }

    @Bean
    BenchmarkRunner benchmarkRunner(
            BenchmarkStore store,
            JobRepository repository,
            JobOperator operator,
            StageSteps steps,
            BenchmarkStages stages,
            StageWorkers workers) {
        BenchmarkJob jobs = new BenchmarkJob(repository, store, steps, stages.all(), workers);
        return new BenchmarkRunner(store, jobs, repository, operator);
    }

    @Bean
    Benchmarks benchmarks(
            BenchmarkStore store, PredictionStore predictions, BenchmarkRunner runner, PlaceSettings places) {
        return new Benchmarks(
                store,
                predictions,
                runner,
                new BenchmarkReport(store, predictions),
                places.dataDirectory().resolve("benchmarks"));
    }

    /** Only where the service runs: a command takes up just what it is told to. */
    @Bean
    @ConditionalOnProperty(name = "anfinsen.benchmark.resume", matchIfMissing = true)
    ApplicationListener<ApplicationReadyEvent> benchmarkResumer(Benchmarks benchmarks) {
        return event -> benchmarks.resume();
    }
}
