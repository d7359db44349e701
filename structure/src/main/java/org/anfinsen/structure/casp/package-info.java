/**
 * Files as CASP takes them: coordinates (TS) and quality estimates (QA) written, and these and contacts (RR) checked as
 * CASP's server checks them (predictioncenter.org, formats of CASP14 to 16). In: predicted chains. Out: text. Start at
 * {@code CaspTsWriter} and {@code CaspCheck}.
 */
@NullMarked
package org.anfinsen.structure.casp;

import org.jspecify.annotations.NullMarked;
