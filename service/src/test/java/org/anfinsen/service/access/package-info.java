/** Tests of the REST interface over HTTP. */
@NullMarked
package org.anfinsen.service.access;

import org.jspecify.annotations.NullMarked;
