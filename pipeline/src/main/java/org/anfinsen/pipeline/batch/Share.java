package org.anfinsen.pipeline.batch;

import java.util.UUID;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The part of a benchmark's targets that one partition works on: every {@code count}-th of them from {@code index} on,
 * longest first. With no more targets than partitions it is one target.
 */
record Share(UUID benchmark, int index, int count) {

    private static final String BENCHMARK = "benchmark";
    private static final String INDEX = "share";
    private static final String COUNT = "shares";

    static Share of(ExecutionContext context) {
        return new Share(UUID.fromString(context.getString(BENCHMARK)), context.getInt(INDEX), context.getInt(COUNT));
    }

    ExecutionContext context() {
        ExecutionContext context = new ExecutionContext();
        context.putString(BENCHMARK, benchmark.toString());
        context.putInt(INDEX, index);
        context.putInt(COUNT, count);
        return context;
    }
}
