package org.anfinsen.msa.alignment;

import java.util.Locale;

/** Formats of alignment files. */
public enum AlignmentFormat {
    /** FASTA headers; upper case and {@code -} in the query's columns, lower case between them. A2M is read as well. */
    A3M,
    /** {@code # STOCKHOLM 1.0} to {@code //}, as HMMER and Pfam write it. */
    STOCKHOLM,
    /** {@code CLUSTAL} header and blocks. */
    CLUSTAL,
    /** One row a line, no names: PSICOV's and CCMpred's {@code .aln}. */
    PSICOV,
    /** FASTA headers, every row of the same length. */
    ALIGNED_FASTA;

    /** The format by a file's name, {@code .gz} ignored; A3M if the ending says nothing. */
    static AlignmentFormat ofFileName(String fileName, AlignmentFormat otherwise) {
        String name = fileName.toLowerCase(Locale.ROOT);
        name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "a3m", "a2m" -> A3M;
            case "sto", "stockholm", "stk" -> STOCKHOLM;
            case "clustal", "clu", "clw" -> CLUSTAL;
            case "fas", "afa", "mfa" -> ALIGNED_FASTA;
            default -> otherwise;
        };
    }

    /** The format by the first line that is not blank. */
    static AlignmentFormat ofFirstLine(String line) {
        if (line.startsWith("# STOCKHOLM")) {
            return STOCKHOLM;
        }
        if (line.startsWith("CLUSTAL") || line.startsWith("MUSCLE") || line.startsWith("PROBCONS")) {
            return CLUSTAL;
        }
        return line.startsWith(">") || line.startsWith("#") ? A3M : PSICOV;
    }
}
