/**
 * Which columns of an alignment change together: mean-field direct coupling analysis by shrunk inverse covariance, with
 * average product correction. In: an {@code Alignment}. Out: pair features for the network and ranked contacts. Start at
 * {@code Coevolution}.
 */
@NullMarked
package org.anfinsen.msa.coevolution;

import org.jspecify.annotations.NullMarked;
