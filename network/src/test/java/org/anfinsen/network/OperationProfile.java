package org.anfinsen.network;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a run's time went by ONNX Runtime's own profile: the share of each kind of operation. */
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
        JsonNode events = JsonMapper.shared().readTree(file.toFile());
        Map<String, Double> microseconds = events.valueStream()
                .filter(event -> event.path("name").asString("").endsWith("_kernel_time"))
                .filter(event -> !operation(event).equals("Scan"))
                .collect(Collectors.groupingBy(
                        OperationProfile::operation,
                        TreeMap::new,
                        Collectors.summingDouble(event -> event.get("dur").asDouble())));
        double total =
                microseconds.values().stream().mapToDouble(Double::doubleValue).sum();
        out.printf("kernels %.1f s:%n", total / 1e6);
        microseconds.entrySet().stream()
                .filter(entry -> entry.getValue() > LEAST_SHARE * total)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> out.printf("    %-24s %4.1f %%%n", entry.getKey(), 100 * entry.getValue() / total));
    }

    private static String operation(JsonNode event) {
        return event.path("args").path("op_name").asString("");
    }
}
