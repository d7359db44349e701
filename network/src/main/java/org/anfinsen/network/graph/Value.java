package org.anfinsen.network.graph;

/** A tensor in a graph under construction, known by its name. */
public record Value(String name) {}
