/** Tests of the REST interface over HTTP. */
@NullMarked
package org.anfinsen.service.web;

import org.jspecify.annotations.NullMarked;
