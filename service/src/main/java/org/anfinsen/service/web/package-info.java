/**
 * The REST interface, version 1. In: HTTP. Out: jobs, events and files as JSON, text and bytes. Start at
 * {@code PredictionController}.
 */
@NullMarked
package org.anfinsen.service.web;

import org.jspecify.annotations.NullMarked;
