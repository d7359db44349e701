package org.anfinsen.structure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Assumptions;

/** The published implementation's values, read where they lie; tests that need them are skipped without. */
public final class ReferenceArrays implements AutoCloseable {

    private final NpzFile.Reader file;

    private ReferenceArrays(Path path) {
        file = NpzFile.read(path);
    }

    /** Opens an npz file of the reference folder, or skips the test and says what was not checked. */
    public static ReferenceArrays open(String name) {
        Path path = Path.of(System.getProperty("anfinsen.reference", "../shared/reference/alphafold2"), name);
        Assumptions.assumeTrue(Files.exists(path), "not compared with the published implementation: no file " + path);
        return new ReferenceArrays(path);
    }

    public float[] floats(String name) {
        return array(name).asFloatArray();
    }

    public double[] doubles(String name) {
        return array(name).asDoubleArray();
    }

    public long[] longs(String name) {
        NpyArray array = array(name);
        return array.getData() instanceof int[] ints
                ? Arrays.stream(ints).asLongStream().toArray()
                : array.asLongArray();
    }

    public int[] shape(String name) {
        return array(name).getShape();
    }

    private NpyArray array(String name) {
        return file.get(name, 1 << 20);
    }

    @Override
    public void close() {
        file.close();
    }
}
