/** Tests of the web page in a real browser. Start at {@code PageIT}. */
@NullMarked
package org.anfinsen.service.page;

import org.jspecify.annotations.NullMarked;
