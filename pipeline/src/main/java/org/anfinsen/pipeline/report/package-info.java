/**
 * The report of a benchmark: a folder with a page, tables and the files that every number comes from. In: a benchmark in
 * its store. Out: {@code index.html}, CSV, JSON and a folder for each target. Start at {@code BenchmarkReport}.
 */
@NullMarked
package org.anfinsen.pipeline.report;

import org.jspecify.annotations.NullMarked;
