/**
 * Who may use the service, and who did what. In: secrets and actions. Out: {@code ApiKey}s. Start at {@code ApiKeys}.
 */
@NullMarked
package org.anfinsen.db.access;

import org.jspecify.annotations.NullMarked;
