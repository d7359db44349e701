package org.anfinsen.service.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anfinsen.service.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a service prints. */
@Timeout(200)
class StructuredLogsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyLineIsAnObjectAndThoseAboutAJobCarryItsId() throws Exception {
        Path directory =
                Path.of("target", "test-data", "logs-" + System.nanoTime()).toAbsolutePath();
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ServiceProcess service =
                ServiceProcess.start(directory, false, lines::add, "--logging.structured.format.console=ecs")) {
            String job = service.http().submit("logged", "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ");
            service.http().await(job, "done");
            String failing = service.http().submit("impossible", "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQA");
            service.http().await(failing, "failed");

            List<JsonNode> objects = lines.stream()
                    .filter(line -> !line.startsWith("KILLABLE"))
                    .map(JSON::readTree)
                    .toList();
            String id = failing.substring(failing.lastIndexOf('/') + 1);
            assertThat(objects)
                    .filteredOn(object -> object.path("job").asString("").equals(id))
                    .extracting(object -> object.path("message").asString(""))
                    .anyMatch(message -> message.contains("attempt 1"))
                    .anyMatch(message -> message.contains("too-large: not enough memory"));
            assertThat(objects)
                    .allMatch(object -> !object.path("@timestamp").asString("").isEmpty()
                            && object.path("service").path("name").asString("").equals("anfinsen"));
        }
    }
}
