package org.anfinsen.service.cluster;

import java.time.Duration;
import org.anfinsen.pipeline.batch.StageWorkers;
import org.springframework.amqp.core.AmqpTemplate;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.integration.partition.MessageChannelPartitionHandler;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.core.MessagingTemplate;

/**
 * Hands partitions to workers in other processes: Spring Batch's remote partitioning over RabbitMQ. One durable queue a
 * stage, longest targets first; how a partition ended is read from the job repository.
 */
public final class RemoteWorkers implements StageWorkers {

    private static final String QUEUE_PREFIX = "anfinsen.benchmark.";
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final JobRepository repository;
    private final AmqpTemplate broker;

    public RemoteWorkers(JobRepository repository, AmqpTemplate broker) {
        this.repository = repository;
        this.broker = broker;
    }

    /** The queue of a stage's partitions. */
    public static String queue(String stage) {
        return QUEUE_PREFIX + stage;
    }

    @Override
    public PartitionHandler handler(Step step) {
        DirectChannel requests = new DirectChannel();
        requests.subscribe(message -> {
            StepExecutionRequest request = (StepExecutionRequest) message.getPayload();
            broker.convertAndSend(queue(step.getName()), PartitionListener.text(request));
        });
        MessagingTemplate messages = new MessagingTemplate();
        messages.setDefaultChannel(requests);
        MessageChannelPartitionHandler handler = new MessageChannelPartitionHandler();
        handler.setStepName(step.getName());
        handler.setMessagingOperations(messages);
        handler.setJobRepository(repository);
        handler.setPollInterval(POLL_INTERVAL.toMillis());
        try {
            handler.afterPropertiesSet();
        } catch (Exception e) { // Its signature says no more.
            throw new IllegalStateException("Spring Batch refuses a partition handler", e);
        }
        return handler;
    }
}
