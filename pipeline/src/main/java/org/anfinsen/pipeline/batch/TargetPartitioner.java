package org.anfinsen.pipeline.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Gives each target a partition of its own; beyond {@value #PARTITIONS_MAX}, each partition an equal share of them. */
final class TargetPartitioner implements Partitioner {

    static final int PARTITIONS_MAX = 500;

    private final BenchmarkStore store;
    private final UUID benchmark;

    TargetPartitioner(BenchmarkStore store, UUID benchmark) {
        this.store = store;
        this.benchmark = benchmark;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        List<String> names = store.names(benchmark);
        int count = Math.min(names.size(), PARTITIONS_MAX);
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
            String name = count == names.size() ? names.get(index) : String.format(Locale.ROOT, "share-%04d", index);
            partitions.put(name, new Share(benchmark, index, count).context());
        }
        return partitions;
    }
}
