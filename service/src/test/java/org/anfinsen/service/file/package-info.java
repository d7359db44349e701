/** Tests of file names. */
@NullMarked
package org.anfinsen.service.file;

import org.jspecify.annotations.NullMarked;
