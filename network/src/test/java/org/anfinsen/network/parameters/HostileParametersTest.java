package org.anfinsen.network.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Parameter files that are damaged, or say that they hold more than they do. */
class HostileParametersTest {

    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        for (int seed = 0; seed < 2000; seed++) {
            readOrRefuse(seed, damagedFile(new Random(seed)));
        }
    }

    @Test
    void readsOrRefusesDamagedHeaders() throws IOException {
        for (int seed = 0; seed < 1000; seed++) {
            readOrRefuse(seed, npz(damagedArray(new Random(seed))));
        }
    }

    private static void readOrRefuse(int seed, byte[] file) throws IOException {
        try {
            assertThat(read(file).names()).isNotNull();
        } catch (ParameterException e) {
            assertThat(e.getMessage()).as("seed %d", seed).contains(".npz");
        }
    }

    private static byte[] damagedFile(Random random) {
        byte[] file = npz(npy("(2, 3)", 6));
        for (int times = random.nextInt(6) + 1; times > 0; times--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
    }

    private static byte[] damagedArray(Random random) {
        byte[] npy = npy("(2, 3)", 6);
        for (int times = random.nextInt(4) + 1; times > 0; times--) {
            npy[random.nextInt(80)] = (byte) random.nextInt(256);
        }
        return npy;
    }

    @Test
    void refusesAnArrayThatSaysItIsLargerThanItsFile() {
        for (String shape : new String[] {"(2000000000,)", "(100000, 100000)", "(7,)", "(-6,)", "(3, 1)"}) {
            assertThatThrownBy(() -> read(npz(npy(shape, 6))))
                    .as(shape)
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining("a//b");
        }
    }

    private static Parameters read(byte[] content) throws IOException {
        Path file = Files.createTempFile("hostile", ".npz");
        try {
            Files.write(file, content);
            return ParameterFile.read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] npy(String shape, int values) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + 4 * values).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        npy.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < values; i++) {
            npy.putFloat(i);
        }
        return npy.array();
    }

    private static byte[] npz(byte[] npy) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a//b.npy"));
            zip.write(npy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
