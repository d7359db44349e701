/**
 * What the files of a result are called outside, so that programs written for ColabFold find them. In: a prediction and an
 * artifact's name. Out: a file name. Start at {@code ResultFileNames}.
 */
@NullMarked
package org.anfinsen.service.file;

import org.jspecify.annotations.NullMarked;
