/**
 * The searching stage: databases that a user has named, searched for homologues of a query. In: a query and a
 * {@code SearchPlan}. Out: an alignment, and for the record what was searched. Start at {@code DatabaseSearch}.
 */
@NullMarked
package org.anfinsen.pipeline.search;

import org.jspecify.annotations.NullMarked;
