/**
 * The layers that the algorithms share: linear, layer norm, transition, gated attention. Each takes its arrays from a
 * parameter scope and adds its operations to a graph. Start at {@link org.anfinsen.network.layer.Linear}.
 */
@NullMarked
package org.anfinsen.network.layer;

import org.jspecify.annotations.NullMarked;
