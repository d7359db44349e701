package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.TargetState;
import org.springframework.batch.core.BatchStatus;

/**
 * A benchmark.
 *
 * @param state    queued, running, stopped, failed or done
 * @param networks what predicts
 * @param seeds    predictions of each target with each network
 * @param targets  how many targets are in each state
 * @param report   address of the page, there once the state is done
 */
@Schema(name = "Benchmark")
record BenchmarkView(
        UUID id,
        String name,
        String state,
        List<NetworkView> networks,
        int seeds,
        Map<String, Integer> targets,
        Instant accepted,
        String report) {

    /** A network and how often its output is fed back. */
    @Schema(name = "BenchmarkNetwork")
    record NetworkView(String model, int recycles) {
        static NetworkView of(BenchmarkSettings.Network network) {
            return new NetworkView(network.model(), network.recycles());
        }
    }

    static BenchmarkView of(Benchmark benchmark, Map<TargetState, Integer> counts, Optional<BatchStatus> status) {
        Map<String, Integer> targets = new LinkedHashMap<>();
        counts.forEach((state, count) -> targets.put(state.spelling(), count));
        return new BenchmarkView(
                benchmark.id(),
                benchmark.name(),
                state(status, benchmark.stopRequested()),
                benchmark.settings().networks().stream().map(NetworkView::of).toList(),
                benchmark.settings().seeds(),
                targets,
                benchmark.accepted(),
                BenchmarkController.PATH + "/" + benchmark.id() + "/report/index.html");
    }

    private static String state(Optional<BatchStatus> status, boolean stopRequested) {
        if (status.isEmpty()) {
            return stopRequested ? "stopped" : "queued";
        }
        return switch (status.get()) {
            case COMPLETED -> "done";
            case STARTING, STARTED, STOPPING -> "running";
            case STOPPED -> "stopped";
            case FAILED, ABANDONED, UNKNOWN -> stopRequested ? "stopped" : "failed";
        };
    }
}
