/**
 * Predictions in processes of their own, so that a crash of native code or the end of memory there ends a process that is
 * replaced, and not the service. In: requests. Out: results, or why the process was lost. Start at {@code IsolatedEngine};
 * what runs in the other process starts at {@code PredictingChild}.
 */
@NullMarked
package org.anfinsen.service.isolation;

import org.jspecify.annotations.NullMarked;
