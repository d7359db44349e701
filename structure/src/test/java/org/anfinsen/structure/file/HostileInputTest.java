package org.anfinsen.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.structure.TestChains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PDB and mmCIF files that were good and are damaged, or were made to take time and memory. */
class HostileInputTest {

    private static final Duration TIME_MAX = Duration.ofSeconds(10);
    private static final byte[] PDB =
            PdbWriter.write(TestChains.helix("MACDE"), TestChains.description()).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CIF = ModelCifWriter.write(TestChains.helix("MACDE"), TestChains.description())
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void readsOrRefusesDamagedPdbFiles() {
        for (int seed = 0; seed < 500; seed++) {
            readOrRefuse(seed, damaged(PDB, new Random(seed)));
        }
    }

    @Test
    void readsOrRefusesDamagedMmCifFiles() {
        for (int seed = 0; seed < 500; seed++) {
            readOrRefuse(seed, damaged(CIF, new Random(seed)));
        }
    }

    @Test
    void refusesAnyBytes() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            readOrRefuse(seed, bytes);
        }
    }

    @Test
    @Timeout(20)
    void refusesAGzipBomb() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int megabytes = 0; megabytes < 300; megabytes++) {
                gzip.write(blanks);
            }
        }

        assertThatThrownBy(() -> StructureReader.read("bomb.pdb.gz", bomb.toByteArray()))
                .isInstanceOf(StructureFormatException.class)
                .hasMessageContaining("unpacks to more than");
    }

    private static void readOrRefuse(int seed, byte[] content) {
        long start = System.nanoTime();
        try {
            assertThat(StructureReader.read("x", content)).isNotEmpty();
        } catch (StructureFormatException e) {
            assertThat(e.getMessage()).startsWith("x");
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed, e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("seed %d", seed)
                .isLessThan(TIME_MAX);
    }

    /** Bytes changed, numbers made long, lines doubled, moved or left out, the end cut off. */
    private static byte[] damaged(byte[] good, Random random) {
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(good, StandardCharsets.ISO_8859_1).split("\n", -1)));
        for (int times = random.nextInt(12) + 1; times > 0; times--) {
            int line = random.nextInt(lines.size());
            String text = lines.get(line);
            int at = text.isEmpty() ? 0 : random.nextInt(text.length());
            switch (random.nextInt(7)) {
                case 0 -> lines.set(line, text.substring(0, at) + (char) random.nextInt(256) + text.substring(at));
                case 1 -> lines.set(line, text.substring(0, at));
                case 2 -> lines.set(line, text.replaceAll("[0-9]", "9999999"));
                case 3 -> lines.add(line, text);
                case 4 -> lines.remove(line);
                case 5 -> Collections.swap(lines, line, random.nextInt(lines.size()));
                default -> lines.set(line, text.replace('.', (char) (32 + random.nextInt(96))));
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        byte[] whole = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        return random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
    }
}
