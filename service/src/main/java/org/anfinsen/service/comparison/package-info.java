/**
 * How two structures are compared for callers of the service and of the command line. In: two chains. Out: scores under the
 * names that the field gives them. Start at {@code ComparisonFigures}.
 */
@NullMarked
package org.anfinsen.service.comparison;

import org.jspecify.annotations.NullMarked;
