/** Tests of the REST interface over HTTP. */
@NullMarked
package org.anfinsen.service.monitoring;

import org.jspecify.annotations.NullMarked;
