/**
 * Model packages: directories that hold a network's parameters, its card and a README. The graph is derived from the
 * parameters when it is first needed. Start at {@link org.anfinsen.network.model.ModelPackage}.
 */
@NullMarked
package org.anfinsen.network.model;

import org.jspecify.annotations.NullMarked;
