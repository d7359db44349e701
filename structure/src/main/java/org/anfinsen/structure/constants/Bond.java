package org.anfinsen.structure.constants;

/**
 * A covalent bond inside a residue.
 *
 * @param lengthAngstrom            its usual length
 * @param standardDeviationAngstrom how far lengths scatter in well-determined structures
 */
public record Bond(Atom first, Atom second, double lengthAngstrom, double standardDeviationAngstrom) {}
