package org.anfinsen.msa.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares reading and writing with other programs on real alignments with insertions: HH-suite's reformat.pl, and
 * HMMER's alimask, which reads and writes with the library of esl-reformat (Debian does not ship that program).
 */
class ReformatIT {

    private static final Path REFORMAT = Path.of("/usr/share/hhsuite/scripts/reformat.pl");
    private static final Path ALIMASK = Path.of("/usr/bin/alimask");
    private static final int ALIGNMENTS = 3;
    private static final AlignmentReader READER = new AlignmentReader(AlignmentLimits.DEFAULT);

    @TempDir
    Path directory;

    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void unpackSomeAlignments() throws IOException {
        Path archive = Path.of(System.getProperty("anfinsen.shared", "../../shared"))
                .resolve("data/alignments/chains.a3m.tar.gz");
        assumeTrue(Files.exists(archive), "not checked: reformatting of real alignments, no " + archive);
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && files.size() < ALIGNMENTS) {
                byte[] text = tar.readAllBytes();
                Alignment alignment = READER.read(text, entry.getName()).orElseThrow();
                if (alignment.rows() >= 10 && alignment.rows() < 200) {
                    files.add(directory.resolve("chain" + files.size() + ".a3m"));
                    // Names of one word and all different, as the other programs want them.
                    for (int row = 0; row < alignment.rows(); row++) {
                        alignment = alignment.withName(row, "row" + row);
                    }
                    try (OutputStream out = Files.newOutputStream(files.getLast())) {
                        AlignmentWriter.writeA3m(alignment, out);
                    }
                }
                entry = tar.getNextEntry();
            }
        }
        assertThat(files).hasSize(ALIGNMENTS);
    }

    private void call(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(output, StandardCharsets.ISO_8859_1))
                .isZero();
    }

    private static Alignment read(Path file) throws IOException {
        return READER.read(file).orElseThrow();
    }

    @Test
    void readsWhatReformatMakesOfAnAlignmentAsTheSameAlignment() throws Exception {
        assumeTrue(Files.exists(REFORMAT), "not checked: no " + REFORMAT);
        for (Path a3m : files) {
            for (String format : new String[] {"sto", "fas", "clu"}) {
                Path converted = directory.resolve("converted." + format);
                call("perl", REFORMAT.toString(), "a3m", format, a3m.toString(), converted.toString());
                assertThat(read(converted)).as("%s as %s", a3m, format).isEqualTo(read(a3m));
            }
        }
    }

    @Test
    void writesWhatReformatTurnsBackIntoTheSameAlignment() throws Exception {
        assumeTrue(Files.exists(REFORMAT), "not checked: no " + REFORMAT);
        for (Path a3m : files) {
            Path stockholm = directory.resolve("written.sto");
            try (OutputStream out = Files.newOutputStream(stockholm)) {
                AlignmentWriter.writeStockholm(read(a3m), out);
            }
            Path back = directory.resolve("back.a3m");
            call("perl", REFORMAT.toString(), "sto", "a3m", stockholm.toString(), back.toString(), "-M", "first");
            assertThat(read(back)).as(a3m.toString()).isEqualTo(read(a3m));
        }
    }

    @Test
    void agreesWithHmmerOnStockholm() throws Exception {
        assumeTrue(Files.exists(ALIMASK), "not checked: no " + ALIMASK);
        for (Path a3m : files) {
            Path stockholm = directory.resolve("written.sto");
            try (OutputStream out = Files.newOutputStream(stockholm)) {
                AlignmentWriter.writeStockholm(read(a3m), out);
            }
            Path rewritten = directory.resolve("rewritten.sto");
            call(ALIMASK.toString(), "--amino", "--alirange", "1-2", stockholm.toString(), rewritten.toString());
            assertThat(read(rewritten)).as(a3m.toString()).isEqualTo(read(a3m));
        }
    }
}
