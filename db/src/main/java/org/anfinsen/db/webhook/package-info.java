/**
 * Messages that wait for the end of some work, and then for an address that takes them. In: addresses that came with a
 * submission. Out: messages to send, each until it is delivered or given up. Start at {@code Webhooks}.
 */
@NullMarked
package org.anfinsen.db.webhook;

import org.jspecify.annotations.NullMarked;
