/**
 * What the service tells about itself: metrics, spans, health. In: predictions and the store. Out: meters whose names begin
 * with {@code anfinsen}, described in {@code docs/operator-guide.md}. Start at {@code MeasuredPredictor}.
 */
@NullMarked
package org.anfinsen.service.monitoring;

import org.jspecify.annotations.NullMarked;
