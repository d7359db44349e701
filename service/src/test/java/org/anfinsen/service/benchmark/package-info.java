/** Tests of benchmarks, whole. */
@NullMarked
package org.anfinsen.service.benchmark;

import org.jspecify.annotations.NullMarked;
