/** Tests of predictions in processes of their own. */
@NullMarked
package org.anfinsen.service.isolation;

import org.jspecify.annotations.NullMarked;
