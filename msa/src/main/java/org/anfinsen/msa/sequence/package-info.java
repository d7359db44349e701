/**
 * What a user sends: sequences in FASTA, read with every fault named together and every change of theirs said. In:
 * bytes. Out: {@code FastaResult}. Start at {@code FastaReader}.
 */
@NullMarked
package org.anfinsen.msa.sequence;

import org.jspecify.annotations.NullMarked;
