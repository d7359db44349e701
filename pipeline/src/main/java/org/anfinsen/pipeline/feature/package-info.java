/**
 * From aligned sequences to network features. In: an {@code Alignment} whose row 0 is the query. Out:
 * {@code MsaFeatures}, one a recycling iteration. Start at {@code MsaFeaturizer}. No I/O happens here.
 */
@NullMarked
package org.anfinsen.pipeline.feature;

import org.jspecify.annotations.NullMarked;
