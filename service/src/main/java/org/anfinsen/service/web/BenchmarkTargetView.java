package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.jspecify.annotations.Nullable;

/** A target of a benchmark and its scores. */
@Schema(name = "BenchmarkTarget")
record BenchmarkTargetView(
        String name,
        int length,
        String state,
        Object predictions,
        Object scores,
        @Nullable String failedStage,
        @Nullable String failure) {

    static BenchmarkTargetView of(BenchmarkTarget target) {
        return new BenchmarkTargetView(
                target.name(),
                target.residues().length(),
                target.state().spelling(),
                target.predictions(),
                target.scores(),
                target.failedStage(),
                target.failure());
    }
}
