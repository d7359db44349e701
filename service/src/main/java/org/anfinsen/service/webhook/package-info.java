/**
 * Messages to addresses of the callers' choice when their work has ended, signed as Standard Webhooks has it and sent until
 * they arrive. In: an address with a submission. Out: one POST. What waits lies in the database ({@code db.webhook}). Start
 * at {@code WebhookDispatcher}.
 */
@NullMarked
package org.anfinsen.service.webhook;

import org.jspecify.annotations.NullMarked;
