/**
 * The network's logits decoded into what a user can read: pLDDT, predicted aligned error with pTM, distances. In: logits as
 * the heads leave them. Out: values in the units of the field. No I/O happens here.
 */
@NullMarked
package org.anfinsen.pipeline.confidence;

import org.jspecify.annotations.NullMarked;
