/**
 * Folds a chain again from the network's distogram, for networks whose distances say more than their structure module
 * makes of them. In: {@code FoldedChain}. Out: the same with other atoms. Start at {@code DistogramFolding}.
 */
@NullMarked
package org.anfinsen.pipeline.folding;

import org.jspecify.annotations.NullMarked;
