/**
 * From what a caller sends to predictions that can be accepted. In: bytes and options. Out: {@code NewPrediction}s with
 * notes of what was normalised, or every fault together. Start at {@code SubmissionReader}; the REST interface and the
 * command line both go through it.
 */
@NullMarked
package org.anfinsen.service.submission;

import org.jspecify.annotations.NullMarked;
