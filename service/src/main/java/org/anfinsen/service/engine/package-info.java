/**
 * The part of this process that predicts: which networks it has and what runs them. In: directories. Out: a predictor and
 * {@code ModelDescription}s. Start at {@code Engine}.
 */
@NullMarked
package org.anfinsen.service.engine;

import org.jspecify.annotations.NullMarked;
