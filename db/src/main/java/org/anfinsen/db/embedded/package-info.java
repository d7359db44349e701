/**
 * A PostgreSQL server of the service's own, for those who have not set up one. In: a directory. Out: a running, durable
 * server on the loopback address, with a password that lies in the directory. Start at {@code EmbeddedPostgres}.
 */
@NullMarked
package org.anfinsen.db.embedded;

import org.jspecify.annotations.NullMarked;
