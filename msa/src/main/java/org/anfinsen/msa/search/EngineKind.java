package org.anfinsen.msa.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The engines, and what a database of each is. */
public enum EngineKind {
    /** The program {@code mmseqs}; the path of a database made with {@code mmseqs createdb}. */
    MMSEQS2,
    /** The program {@code hhblits}; the prefix of an HH-suite database, without {@code _a3m.ffdata}. */
    HHBLITS,
    /** The program {@code jackhmmer}; a FASTA file. */
    JACKHMMER,
    /** A server that speaks ColabFold's MMseqs2 protocol; its address, such as {@code https://api.colabfold.com}. */
    COLABFOLD,
    /** No program at all; a FASTA file, compressed with gzip or not. */
    EMBEDDED;

    /** The stable spelling for users and files: {@code mmseqs2}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The engine of a {@link #code()}; empty for anything else. */
    public static Optional<EngineKind> ofCode(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /** Whether {@link Database#location()} is a path here and not an address elsewhere. */
    public boolean isLocal() {
        return this != COLABFOLD;
    }
}
