package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipInputStream;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {

    @Test
    void writesSinglePrecisionThatAnotherLibraryReads(@TempDir Path directory) throws IOException {
        float[] values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f;
        }
        Path file = directory.resolve("a.npz");
        Files.write(file, new NpzWriter().float32("a", values, 100, 200).toByteArray());
        try (NpzFile.Reader npz = NpzFile.read(file)) {
            NpyArray array = npz.get("a", 1 << 20);
            assertThat(array.getShape()).containsExactly(100, 200);
            assertThat(array.asFloatArray()).containsExactly(values);
        }
    }

    @Test
    void writesHalfPrecisionAfterAnAlignedHeader() throws IOException {
        byte[] bytes =
                new NpzWriter().float16("h", new float[] {0.5f, -2f, 1f / 3}, 3).toByteArray();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("h.npy");
            byte[] npy = zip.readAllBytes();
            ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
            int header = buffer.getShort(8);
            assertThat((10 + header) % 64).isZero();
            assertThat(new String(npy, 10, header, StandardCharsets.US_ASCII))
                    .startsWith("{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }")
                    .endsWith("\n");
            buffer.position(10 + header);
            assertThat(Float.float16ToFloat(buffer.getShort())).isEqualTo(0.5f);
            assertThat(Float.float16ToFloat(buffer.getShort())).isEqualTo(-2f);
            assertThat(Float.float16ToFloat(buffer.getShort())).isEqualTo(0.33325195f);
            assertThat(buffer.remaining()).isZero();
        }
    }

    @Test
    void givesTheSameBytesForTheSameValues() {
        assertThat(new NpzWriter().float32("a", new float[] {1}, 1).toByteArray())
                .isEqualTo(new NpzWriter().float32("a", new float[] {1}, 1).toByteArray());
    }

    @Test
    void rejectsAShapeThatDoesNotHoldTheValues() {
        assertThatThrownBy(() -> new NpzWriter().float32("a", new float[5], 2, 2))
                .hasMessage("a: shape [2, 2] does not hold 5 values");
    }
}
