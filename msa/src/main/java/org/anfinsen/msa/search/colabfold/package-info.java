/**
 * A search by a server that speaks ColabFold's MMseqs2 protocol: a ticket, its state, a tar of A3M files. The query leaves
 * this machine, so such a server is asked only where a user has named it as a database. Start at
 * {@code ColabFoldEngine}.
 */
@NullMarked
package org.anfinsen.msa.search.colabfold;

import org.jspecify.annotations.NullMarked;
