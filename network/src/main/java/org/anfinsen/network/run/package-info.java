/**
 * Runs the network. In: {@code NetworkInput}, features in plain arrays. Out: {@code NetworkOutput}, representations,
 * frames, angles and logits in plain arrays. Native memory begins and ends here. Start at
 * {@link org.anfinsen.network.run.NetworkSession}.
 */
@NullMarked
package org.anfinsen.network.run;

import org.jspecify.annotations.NullMarked;
