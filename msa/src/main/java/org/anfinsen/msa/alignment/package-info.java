/**
 * Multiple sequence alignments of a query: reading (A3M, Stockholm, ClustalW, PSICOV, aligned FASTA, gzip or not),
 * holding and writing. In: bytes. Out: {@code Alignment}, whose row 0 is the query without gaps. Start at
 * {@code Alignment}, then {@code AlignmentReader}.
 */
@NullMarked
package org.anfinsen.msa.alignment;

import org.jspecify.annotations.NullMarked;
