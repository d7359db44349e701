/**
 * The whole database in one file, and back: for the service's own PostgreSQL, which comes without {@code pg_dump}, and for
 * any other. In: a database, that a service may be working on. Out: a zip file that any later version reads. Start at
 * {@code Backup}.
 */
@NullMarked
package org.anfinsen.db.backup;

import org.jspecify.annotations.NullMarked;
