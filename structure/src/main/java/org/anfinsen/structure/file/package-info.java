/**
 * Structure files. In: PDB and mmCIF files of any origin, plain or gzipped. Out: PDB and ModelCIF of a prediction, with
 * pLDDT where experiments have B-factors. Start at {@code StructureReader} and {@code PdbWriter}. BioJava and ciftools
 * stay inside.
 */
@NullMarked
package org.anfinsen.structure.file;

import org.jspecify.annotations.NullMarked;
