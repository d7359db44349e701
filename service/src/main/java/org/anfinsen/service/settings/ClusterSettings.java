package org.anfinsen.service.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Work on benchmarks in several processes: {@code anfinsen.cluster.*}. The broker is named by {@code spring.rabbitmq.*}, the
 * database that all share by {@code spring.datasource.*}.
 *
 * @param enabled true where partitions go through RabbitMQ; false works on them in this process and needs no broker
 * @param stages  the stages whose partitions this process takes: aligning, predicting, scoring; empty for none
 */
@ConfigurationProperties("anfinsen.cluster")
public record ClusterSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue List<String> stages) {

    private static final List<String> STAGES = List.of("aligning", "predicting", "scoring");

    public ClusterSettings {
        stages = List.copyOf(stages);
        if (!STAGES.containsAll(stages)) {
            throw new IllegalArgumentException("anfinsen.cluster.stages is " + stages + ", choose among " + STAGES);
        }
    }
}
