package org.anfinsen.network.parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anfinsen.network.tensor.FloatTensor;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpzFile;

/**
 * Parameters on disk: an npz file, or, to be read only, OpenFold's checkpoint. In an npz single precision is float32
 * as published. An int16 array holds the bits of half precision numbers ({@code array.view(numpy.float16)}). An int8
 * array comes with a float32 array of its name and {@value #SCALE}: one scale for each {@value #GROUP} consecutive
 * values, row-major.
 */
public final class ParameterFile {
    /** Largest file taken, in bytes when unpacked: five times the published networks. */
    public static final long BYTES_MAX = 2L << 30;

    /** Values that share a scale: as many as in llama.cpp's Q8_0. */
    static final int GROUP = 32;

    private static final String SCALE = "#scale";
    private static final int INT8_MAX = 127;
    private static final int READ_STEP = 1 << 22;

    private ParameterFile() {}

    /** Whether a file is a checkpoint by its name, which then ends in {@code .pt} or {@code .ckpt}; others are npz. */
    public static boolean isCheckpoint(Path file) {
        String name = file.toString();
        return name.endsWith(".pt") || name.endsWith(".ckpt");
    }

    /**
     * Reads a file, stored or deflated.
     *
     * @throws ParameterException if it is not the file of parameters that its name says, or larger than
     *     {@link #BYTES_MAX}
     */
    public static Parameters read(Path file) {
        return isCheckpoint(file) ? OpenFoldCheckpoint.read(file) : readNpz(file);
    }

    private static Parameters readNpz(Path npz) {
        List<String> names = memberNames(npz);
        Map<String, FloatTensor> arrays = new HashMap<>();
        try (NpzFile.Reader reader = NpzFile.read(npz)) {
            for (String name : names) {
                if (!name.endsWith(SCALE)) {
                    arrays.put(name, array(reader, name, npz));
                }
            }
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            // Written in Kotlin, the reader throws checked exceptions that it does not declare.
            throw new ParameterException("cannot read " + npz + " as an npz file: " + e.getMessage(), e);
        }
        return new Parameters(arrays);
    }

    private static FloatTensor array(NpzFile.Reader reader, String name, Path npz) {
        NpyArray array = reader.get(name, READ_STEP);
        float[] values = switch (array.getData()) {
            case float[] data -> data;
            case short[] halves -> widened(halves);
            case byte[] integers ->
                widened(integers, reader.get(name + SCALE, READ_STEP).asFloatArray());
            default ->
                throw new ParameterException(name + " in " + npz + ": expected float32, found "
                        + array.getData().getClass().getSimpleName());
        };
        return FloatTensor.of(values, array.getShape());
    }

    private static float[] widened(short[] halves) {
        float[] values = new float[halves.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = Float.float16ToFloat(halves[k]);
        }
        return values;
    }

    private static float[] widened(byte[] integers, float[] scales) {
        float[] values = new float[integers.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = integers[k] * scales[k / GROUP];
        }
        return values;
    }

    /**
     * Writes parameters, deflated.
     *
     * @throws ParameterException if a value is too large for the precision
     */
    public static void write(Parameters parameters, Path npz, Precision precision) {
        try (NpzFile.Writer writer = NpzFile.write(npz, true)) {
            parameters.arrays().forEach((name, array) -> {
                switch (precision) {
                    case FP32 -> writer.write(name, array.data(), array.shape());
                    case FP16 -> writer.write(name, halves(name, array.data()), array.shape());
                    case INT8_WEIGHTS, INT8 -> {
                        float[] scales = scales(array.data());
                        writer.write(name, integers(array.data(), scales), array.shape());
                        writer.write(name + SCALE, scales, new int[] {scales.length});
                    }
                }
            });
        }
    }

    private static short[] halves(String name, float[] values) {
        short[] halves = new short[values.length];
        for (int k = 0; k < values.length; k++) {
            halves[k] = Float.floatToFloat16(values[k]);
            if (Float.isInfinite(Float.float16ToFloat(halves[k]))) {
                throw new ParameterException(name + " holds " + values[k] + ", too large for half precision");
            }
        }
        return halves;
    }

    private static float[] scales(float[] values) {
        float[] scales = new float[Math.ceilDiv(values.length, GROUP)];
        for (int k = 0; k < values.length; k++) {
            scales[k / GROUP] = Math.max(scales[k / GROUP], Math.abs(values[k]) / INT8_MAX);
        }
        return scales;
    }

    private static byte[] integers(float[] values, float[] scales) {
        byte[] integers = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            float scale = scales[k / GROUP];
            integers[k] = (byte) (scale == 0 ? 0 : Math.round(values[k] / scale));
        }
        return integers;
    }

    private static List<String> memberNames(Path npz) {
        List<String> names = new ArrayList<>();
        long bytes = 0;
        try (ZipFile zip = new ZipFile(npz.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().endsWith(".npy")) {
                    throw new ParameterException(npz + " holds " + entry.getName() + ", which is not an npy array");
                }
                names.add(entry.getName().substring(0, entry.getName().length() - ".npy".length()));
                bytes += Math.max(0, entry.getSize());
                NpyHeader.check(npz, zip, entry);
            }
        } catch (IOException e) {
            throw new ParameterException("cannot read " + npz + " as an npz file: " + e.getMessage(), e);
        }
        if (bytes > BYTES_MAX) {
            throw new ParameterException(npz + " unpacks to " + bytes + " bytes, limit " + BYTES_MAX);
        }
        return names;
    }
}
