package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The distogram of a finished prediction, from its {@code distogram.npz}. */
public final class StoredDistogram {

    private static final int HEADER_LENGTH_OFFSET = 8;

    private final int nRes;
    private final float[] edgesAngstrom;
    private final ByteBuffer probabilities;

    private StoredDistogram(int nRes, float[] edgesAngstrom, ByteBuffer probabilities) {
        this.nRes = nRes;
        this.edgesAngstrom = edgesAngstrom;
        this.probabilities = probabilities;
    }

    /**
     * Reads what {@link ArtifactWriter} wrote.
     *
     * @throws IllegalArgumentException if the file holds something else
     */
    public static StoredDistogram read(byte[] npz) {
        ByteBuffer probabilities = null;
        float[] edges = null;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteBuffer values = values(zip.readAllBytes());
                if (entry.getName().equals("probabilities.npy")) {
                    probabilities = values;
                } else if (entry.getName().equals("bin_edges_angstrom.npy")) {
                    edges = new float[values.remaining() / Float.BYTES];
                    values.asFloatBuffer().get(edges);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (probabilities == null || edges == null) {
            throw new IllegalArgumentException("a distogram without probabilities or edges");
        }
        int pairs = probabilities.remaining() / Short.BYTES / (edges.length + 1);
        int nRes = (int) Math.round(Math.sqrt(pairs));
        if (nRes * nRes * (edges.length + 1) * Short.BYTES != probabilities.remaining()) {
            throw new IllegalArgumentException(
                    "a distogram of " + probabilities.remaining() + " bytes, " + edges.length + " edges");
        }
        return new StoredDistogram(nRes, edges, probabilities);
    }

    private static ByteBuffer values(byte[] npy) {
        ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        int start = HEADER_LENGTH_OFFSET + Short.BYTES + buffer.getShort(HEADER_LENGTH_OFFSET);
        return buffer.position(start).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** N_res. */
    public int length() {
        return nRes;
    }

    /**
     * Mean distance of residues i and j in Å. An open bin counts at half a bin's width beyond its edge, so that what is
     * farther than 22 Å is seen as about 22 Å.
     */
    double expectedDistanceAngstrom(int i, int j) {
        double width = edgesAngstrom[1] - edgesAngstrom[0];
        double mean = 0;
        for (int b = 0; b <= edgesAngstrom.length; b++) {
            mean += at(i, j, b) * (edgesAngstrom[0] + (b - 0.5) * width);
        }
        return mean;
    }

    /** Probability that residues i and j are closer than a distance; a bin that it divides counts in proportion. */
    public double closerThan(int i, int j, double distanceAngstrom) {
        double sum = 0;
        for (int b = 0; b < edgesAngstrom.length && (b == 0 || edgesAngstrom[b - 1] < distanceAngstrom); b++) {
            double probability = at(i, j, b);
            double upper = edgesAngstrom[b];
            if (upper <= distanceAngstrom) {
                sum += probability;
            } else if (b > 0) {
                double lower = edgesAngstrom[b - 1];
                sum += probability * (distanceAngstrom - lower) / (upper - lower);
            }
        }
        return sum;
    }

    private double at(int i, int j, int bin) {
        int bins = edgesAngstrom.length + 1;
        return Float.float16ToFloat(probabilities.getShort(Short.BYTES * ((i * nRes + j) * bins + bin)));
    }
}
