package org.anfinsen.network.structuremodule;

import org.anfinsen.network.graph.Value;

/**
 * Backbone frames in a graph, residue to global.
 *
 * @param quaternions {@code [N_res, 4]}, (w, x, y, z), unit length
 * @param rotations {@code [N_res, 3, 3]}, the same rotations
 * @param translations {@code [N_res, 3]} in nanometres
 */
record Frames(Value quaternions, Value rotations, Value translations) {}
