/** Tests of work in several processes. */
@NullMarked
package org.anfinsen.service.cluster;

import org.jspecify.annotations.NullMarked;
