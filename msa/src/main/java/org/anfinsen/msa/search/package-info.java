/**
 * Finding homologues of a query: one interface, an engine a program. In: a query and a {@code Database}. Out: an
 * {@code Alignment} or the reason why there is none. Start at {@code SearchEngine}; {@code AlignmentSearch} asks several
 * databases and merges what they give.
 */
@NullMarked
package org.anfinsen.msa.search;

import org.jspecify.annotations.NullMarked;
