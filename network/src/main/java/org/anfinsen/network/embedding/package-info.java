/**
 * What comes before the Evoformer: features to representations, the previous pass's results added to them. Start at
 * {@link org.anfinsen.network.embedding.InputEmbedder}.
 */
@NullMarked
package org.anfinsen.network.embedding;

import org.jspecify.annotations.NullMarked;
