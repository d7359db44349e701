/**
 * The command line. In: arguments. Out: files, lines and exit codes. Start at {@code Anfinsen}; only {@code serve} starts
 * Spring.
 */
@NullMarked
package org.anfinsen.service.command;

import org.jspecify.annotations.NullMarked;
