package org.anfinsen.service.wiring;

import org.anfinsen.pipeline.batch.StageSteps;
import org.anfinsen.pipeline.batch.StageWorkers;
import org.anfinsen.pipeline.benchmark.Stage;
import org.anfinsen.service.cluster.PartitionListener;
import org.anfinsen.service.cluster.RemoteWorkers;
import org.anfinsen.service.settings.ClusterSettings;
import org.anfinsen.service.settings.WorkerSettings;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Benchmarks on several machines, through RabbitMQ. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("anfinsen.cluster.enabled")
class ClusterConfiguration {

    @Bean
    Declarables benchmarkQueues(BenchmarkConfiguration.BenchmarkStages stages) {
        return new Declarables(stages.all().stream()
                .map(Stage::name)
                .map(RemoteWorkers::queue)
                .map(Queue::new)
                .toList());
    }

    @Bean
    StageWorkers remoteWorkers(JobRepository repository, RabbitTemplate broker) {
        return new RemoteWorkers(repository, broker);
    }

    /**
     * As many partitions as there are predictions at a time, and one more so that the queue is not empty while a result is
     * stored; the others wait at the broker for whoever is free.
     */
    @Bean
    @ConditionalOnProperty("anfinsen.cluster.stages")
    SimpleMessageListenerContainer partitionListener(
            ConnectionFactory broker,
            JobRepository repository,
            StageSteps steps,
            ClusterSettings settings,
            WorkerSettings worker) {
        SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(broker);
        container.setQueueNames(
                settings.stages().stream().map(RemoteWorkers::queue).toArray(String[]::new));
        container.setPrefetchCount(1);
        container.setConcurrentConsumers(worker.enabled() ? worker.concurrency() + 1 : worker.concurrency());
        container.setMessageListener(new PartitionListener(repository, steps));
        return container;
    }
}
