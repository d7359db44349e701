/**
 * How much each row of an alignment counts, so that a hundred copies of one protein do not count a hundred times. In: an
 * {@code Alignment}. Out: {@code RowWeights} with Neff, the effective number of sequences.
 */
@NullMarked
package org.anfinsen.msa.weight;

import org.jspecify.annotations.NullMarked;
