/**
 * What an alignment says column by column and row by row: frequencies, conservation, depth, identity to the query; and
 * which rows to keep. In: an {@code Alignment}. Start at {@code Profile} and {@code AlignmentFilter}.
 */
@NullMarked
package org.anfinsen.msa.profile;

import org.jspecify.annotations.NullMarked;
