package org.anfinsen.network;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a run's time went by ONNX Runtime's own profile: the share of each kind of operation. The runtime stops writing after a
 * million events, which a few blocks of the network stay below.
 */
final class OperationProfile {
    private static final double LEAST_SHARE = 0.005;

    private OperationProfile() {}

    /** Sums the profile up that lies in the directory. A loop's own time contains its body's and does not count. */
    static void print(Path directory, PrintStream out) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(path -> path.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
        Map<String, Double> microseconds = new TreeMap<>();
        try (MappingIterator<JsonNode> events =
                JsonMapper.shared().readerFor(JsonNode.class).readValues(file.toFile())) {
            while (events.hasNext()) {
                JsonNode event = events.next();
                String operation = event.path("args").path("op_name").asString("");
                if (event.path("name").asString("").endsWith("_kernel_time") && !operation.equals("Scan")) {
                    microseconds.merge(operation, event.path("dur").asDouble(0), Double::sum);
                }
            }
        }
        double total =
                microseconds.values().stream().mapToDouble(Double::doubleValue).sum();
        out.printf("kernels %.1f s:%n", total / 1e6);
        microseconds.entrySet().stream()
                .filter(entry -> entry.getValue() > LEAST_SHARE * total)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> out.printf("    %-24s %4.1f %%%n", entry.getKey(), 100 * entry.getValue() / total));
    }
}
