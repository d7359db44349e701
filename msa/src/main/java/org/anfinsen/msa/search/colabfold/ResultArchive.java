package org.anfinsen.msa.search.colabfold;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The tar.gz that a server gives: {@code uniref.a3m}, perhaps {@code bfd.….a3m}, and files that are not alignments. In an
 * A3M the blocks of several queries are separated by NUL bytes; here there is one.
 */
final class ResultArchive {

    private static final String FIRST = "uniref.a3m";

    private ResultArchive() {}

    /**
     * Its alignments, UniRef's first.
     *
     * @throws IOException if it is no such archive, broken, or has more than {@code bytesMax} bytes of alignments
     */
    static List<Alignment> read(InputStream in, long bytesMax) throws IOException {
        List<Alignment> alignments = new ArrayList<>();
        long left = bytesMax;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && entry.getName().endsWith(".a3m")) {
                    if (entry.getSize() > left) {
                        throw new IOException("more than " + bytesMax + " bytes of alignments");
                    }
                    left -= entry.getSize();
                    byte[] block = firstBlock(tar.readNBytes(Math.toIntExact(entry.getSize())));
                    Alignment alignment = new AlignmentReader(AlignmentLimits.DEFAULT)
                            .read(new ByteArrayInputStream(block), entry.getName(), AlignmentFormat.A3M)
                            .orElseThrow();
                    alignments.add(entry.getName().endsWith(FIRST) ? 0 : alignments.size(), alignment);
                }
            }
        }
        if (alignments.isEmpty()) {
            throw new IOException("the archive has no A3M file");
        }
        return alignments;
    }

    private static byte[] firstBlock(byte[] file) {
        int end = 0;
        while (end < file.length && file[end] != 0) {
            end++;
        }
        return java.util.Arrays.copyOf(file, end);
    }
}
