package org.anfinsen.service.submission;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of sequences or an alignment, not yet read. The caller owns the bytes and does not change them.
 *
 * @param name    what the file is called; null for a body without a name
 * @param format  how to read it
 * @param content the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Files are never compared.
public record SequenceFile(@Nullable String name, Format format, byte[] content) {

    /** What a file holds. */
    public enum Format {
        /** Sequences, each a prediction of its own. */
        FASTA,
        /** One alignment in A3M, its first row the query. */
        A3M,
        /** One alignment in a format that its name and first line tell. */
        ALIGNMENT
    }

    private static final Set<String> ALIGNMENT_ENDINGS =
            Set.of("a2m", "sto", "stk", "stockholm", "clustal", "clu", "clw", "aln");

    /** A file whose name tells the format: FASTA unless it ends like an alignment, {@code .gz} ignored. */
    public static SequenceFile named(String name, byte[] content) {
        String plain = name.toLowerCase(Locale.ROOT);
        plain = plain.endsWith(".gz") ? plain.substring(0, plain.length() - 3) : plain;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        Format format = ending.equals("a3m")
                ? Format.A3M
                : ALIGNMENT_ENDINGS.contains(ending) ? Format.ALIGNMENT : Format.FASTA;
        return new SequenceFile(name, format, content);
    }
}
