/** Tests of the command line. */
@NullMarked
package org.anfinsen.service.command;

import org.jspecify.annotations.NullMarked;
