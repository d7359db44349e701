/**
 * A set of targets, predicted and scored as one: reading them, the work on one target in each stage, and what is kept of
 * it. In: a folder of FASTA files, alignments and natives. Out: scores of every target and domain in a
 * {@code BenchmarkStore}. Start at {@code TargetFolder}, then {@code Stage}.
 */
@NullMarked
package org.anfinsen.pipeline.benchmark;

import org.jspecify.annotations.NullMarked;
