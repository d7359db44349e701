/**
 * What two or more modules say about a protein: its amino acids and its sequence. Start at {@code ProteinSequence}.
 */
@NullMarked
package org.anfinsen.protein;

import org.jspecify.annotations.NullMarked;
