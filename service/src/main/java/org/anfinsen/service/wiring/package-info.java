/**
 * Puts the service together: store, worker, predictor, descriptions. In: settings. Out: Spring beans. Start at
 * {@code ServiceApplication}.
 */
@NullMarked
package org.anfinsen.service.wiring;

import org.jspecify.annotations.NullMarked;
