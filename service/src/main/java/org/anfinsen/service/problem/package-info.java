/**
 * How failures reach a caller. In: exceptions. Out: problem documents (RFC 9457), each of a code in {@code Problem}.
 * Start there; {@code ProblemAdvice} is the only place that maps one to the other.
 */
@NullMarked
package org.anfinsen.service.problem;

import org.jspecify.annotations.NullMarked;
