package org.anfinsen.network;

import java.nio.file.Path;
import java.util.Arrays;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;

/** An npz file of test data, read by name. */
public final class Npz implements AutoCloseable {
    private final NpzFile.Reader reader;

    private Npz(NpzFile.Reader reader) {
        this.reader = reader;
    }

    public static Npz open(Path file) {
        return new Npz(NpzFile.read(file));
    }

    private NpyArray array(String name) {
        return reader.get(name, 1 << 20);
    }

    public FloatTensor floats(String name) {
        NpyArray array = array(name);
        return FloatTensor.of(array.asFloatArray(), array.getShape());
    }

    /** One index of the first axis. */
    public FloatTensor floats(String name, int index) {
        return Tensors.slice(floats(name), index);
    }

    public IntTensor integers(String name) {
        NpyArray array = array(name);
        int[] data = array.getData() instanceof int[] integers
                ? integers
                : Arrays.stream(array.asLongArray()).mapToInt(Math::toIntExact).toArray();
        return IntTensor.of(data, array.getShape());
    }

    @Override
    public void close() {
        reader.close();
    }
}
