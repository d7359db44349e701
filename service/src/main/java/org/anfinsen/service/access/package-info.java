/**
 * Who may do what: API keys, tokens, rate limits, the audit. In: requests. Out: a {@code Caller} for each, or a problem.
 * Start at {@code AccessConfiguration}, which holds the rules for all addresses, those of later controllers included.
 */
@NullMarked
package org.anfinsen.service.access;

import org.jspecify.annotations.NullMarked;
