package org.anfinsen.service.cluster;

import java.nio.charset.StandardCharsets;
import org.anfinsen.pipeline.batch.StageSteps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;

/**
 * Works on the partitions that come in messages. A message is acknowledged when its partition has ended, so that the broker
 * gives the partition of a worker that dies to another one.
 */
public final class PartitionListener implements MessageListener {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionListener.class);

    private final StepExecutionRequestHandler handler = new StepExecutionRequestHandler();

    public PartitionListener(JobRepository repository, StageSteps steps) {
        handler.setJobRepository(repository);
        handler.setStepLocator(steps);
    }

    /** A request as text: the stage and the number of the step execution. */
    static String text(StepExecutionRequest request) {
        return request.getStepName() + " " + request.getStepExecutionId();
    }

    @Override
    public void onMessage(Message message) {
        String text = new String(message.getBody(), StandardCharsets.UTF_8);
        if (Boolean.TRUE.equals(message.getMessageProperties().isRedelivered())) {
            LOG.info("Partition {} comes from a worker that did not end it", text);
        }
        String[] words = text.split(" ", 2);
        handler.handle(new StepExecutionRequest(words[0], Long.parseLong(words[1])));
    }
}
