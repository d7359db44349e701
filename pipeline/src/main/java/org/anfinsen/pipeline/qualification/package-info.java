/**
 * What compressing a model's parameters costs. In: a parameter file and a precision. Out: a model package whose card has
 * the differences from the same network in single precision. Start at {@code CompressedImport}.
 */
@NullMarked
package org.anfinsen.pipeline.qualification;

import org.jspecify.annotations.NullMarked;
