package org.anfinsen.pipeline.benchmark;

/**
 * How deep a target's alignment is.
 *
 * @param rows rows, the query included
 * @param neff effective number of sequences
 */
public record AlignmentFigures(int rows, double neff) {}
