/** Tests over real HTTP and a real PostgreSQL; only the predictor is a small one of the tests'. */
@NullMarked
package org.anfinsen.service;

import org.jspecify.annotations.NullMarked;
