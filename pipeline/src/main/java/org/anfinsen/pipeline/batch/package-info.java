/**
 * A benchmark as a Spring Batch job: one partitioned step a stage, then the report. In: a benchmark in its store. Out: every
 * target scored or failed, and a report. Start at {@code BenchmarkJob}, then {@code BenchmarkRunner}.
 */
@NullMarked
package org.anfinsen.pipeline.batch;

import org.jspecify.annotations.NullMarked;
