/**
 * A protein chain with its coordinates. What {@code structure.file} reads and writes and {@code structure.score}
 * compares. Start at {@code ProteinStructure}.
 */
@NullMarked
package org.anfinsen.structure.model;

import org.jspecify.annotations.NullMarked;
