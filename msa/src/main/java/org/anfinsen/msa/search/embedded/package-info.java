/**
 * A search that needs nothing installed: words of three residues find candidates in a FASTA file that is streamed
 * through, local alignment with BLOSUM62 scores them, Karlin-Altschul statistics judge them. Start at
 * {@code EmbeddedEngine}.
 */
@NullMarked
package org.anfinsen.msa.search.embedded;

import org.jspecify.annotations.NullMarked;
