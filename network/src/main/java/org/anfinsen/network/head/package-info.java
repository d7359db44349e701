/**
 * The heads: small networks that read predictions off the representations. Logits only; {@code pipeline.confidence}
 * decodes them. Start at {@link org.anfinsen.network.head.PlddtHead}.
 */
@NullMarked
package org.anfinsen.network.head;

import org.jspecify.annotations.NullMarked;
