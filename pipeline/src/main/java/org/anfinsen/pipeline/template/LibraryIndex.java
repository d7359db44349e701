package org.anfinsen.pipeline.template;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the files of an index, chain by chain: the chains, their sequences as FASTA, and an HH-suite database of them. Of
 * the latter's two parts HHsearch takes the alignments from {@code _a3m}, here one sequence each, and only the names and
 * lengths from {@code _cs219}.
 */
final class LibraryIndex implements Closeable {

    private final Writer chains;
    private final Writer fasta;
    private final FfIndex alignments;
    private final FfIndex states;

    LibraryIndex(Path directory) throws IOException {
        chains = Files.newBufferedWriter(directory.resolve(TemplateLibrary.CHAINS));
        fasta = Files.newBufferedWriter(directory.resolve(TemplateLibrary.FASTA));
        alignments = new FfIndex(directory, TemplateLibrary.PROFILES + "_a3m");
        states = new FfIndex(directory, TemplateLibrary.PROFILES + "_cs219");
    }

    /** Keys must rise. */
    void add(TemplateChain chain) throws IOException {
        String record = ">" + chain.key() + "\n" + chain.residues() + "\n";
        chains.write(TemplateLibrary.JSON.writeValueAsString(chain) + "\n");
        fasta.write(record);
        alignments.add(chain.key(), record);
        states.add(chain.key(), chain.residues());
    }

    @Override
    public void close() throws IOException {
        try (chains;
                fasta;
                alignments;
                states) {
            chains.flush();
        }
    }

    /** A pair of files as ffindex makes them: entries that end with a zero byte, and their names, offsets and lengths. */
    private static final class FfIndex implements Closeable {

        private final OutputStream data;
        private final BufferedWriter index;
        private long offset;

        FfIndex(Path directory, String name) throws IOException {
            data = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name + ".ffdata")));
            index = Files.newBufferedWriter(directory.resolve(name + ".ffindex"));
        }

        void add(String key, String entry) throws IOException {
            byte[] bytes = entry.getBytes(StandardCharsets.US_ASCII);
            data.write(bytes);
            data.write(0);
            int length = bytes.length + 1;
            index.write(key + "\t" + offset + "\t" + length + "\n");
            offset += length;
        }

        @Override
        public void close() throws IOException {
            try (data;
                    index) {
                index.flush();
            }
        }
    }
}
