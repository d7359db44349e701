package org.anfinsen.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.protein.AminoAcid;

/**
 * Goes through all the stages at once and leaves small files behind, so that tests of HTTP need no network. A job can be
 * held in the stage of predicting, one named {@code impossible…} fails, one named {@code ensemble…} has a mean pLDDT that
 * ranks its seeds, and one named {@code stall_…} never leaves the state
 * in its name where the system property {@value #STALL} is true.
 */
public final class TestPredictor implements Predictor {

    /** Makes jobs stall. */
    public static final String STALL = "anfinsen.test.stall";

    private final Map<String, CountDownLatch> holds = new ConcurrentHashMap<>();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

    /** Holds the jobs of this name, or of this name, a blank and a seed, in the stage of predicting until the latch is opened. */
    public CountDownLatch hold(String name) {
        CountDownLatch latch = new CountDownLatch(1);
        holds.put(name, latch);
        return latch;
    }

    /** Lets the prediction of this name and seed fail once. */
    public void failOnce(String name, long seed) {
        failures.add(name + " " + seed);
    }

    /** How often the job of this name was predicted. */
    public int runs(String name) {
        AtomicInteger count = runs.get(name);
        return count == null ? 0 : count.get();
    }

    @Override
    public PredictionResult predict(NewPrediction request, Monitor told) throws PredictionFailedException {
        String name = request.sequence().name();
        Monitor monitor = Boolean.getBoolean(STALL) ? stalling(name, told) : told;
        runs.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        monitor.reached(PredictionState.SEARCHING, null);
        monitor.reached(PredictionState.FEATURISING, null);
        if (name.startsWith("impossible")
                || failures.remove(name + " " + request.options().seed())) {
            throw new PredictionFailedException(
                    new PredictionFailure("too-large", PredictionFailure.Category.RESOURCES, "not enough memory"),
                    null);
        }
        int cycles = request.options().recycles() + 1;
        for (int cycle = 0; cycle <= cycles; cycle++) {
            monitor.reached(
                    PredictionState.PREDICTING,
                    new PredictionProgress(cycle, cycles, cycle == 0 ? null : 70.0 + cycle, cycle < 2 ? null : 0.5));
            awaitRelease(name, request.options().seed(), monitor, cycles, cycle);
        }
        monitor.reached(PredictionState.WRITING, null);
        return new PredictionResult(
                Map.of("mean_plddt", meanPlddt(request), "cycles", cycles),
                List.of(
                        text(
                                "structure.pdb",
                                "chemical/x-pdb",
                                "REMARK " + name + "\n"
                                        + structure(request.sequence().residues())),
                        text("structure.cif", "chemical/x-mmcif", "data_" + name + "\n"),
                        text("scores.json", "application/json", "{\"plddt\":[71.5]}"),
                        new Artifact(
                                "distogram.npz",
                                "application/x-npz",
                                distogram(request.sequence().length())),
                        text(
                                "features/msa.a3m",
                                "text/x-a3m",
                                ">q\n" + request.sequence().residues() + "\n")));
    }

    /** Seed 1 before seed 2 before seed 0 before seed 3. */
    private static double meanPlddt(NewPrediction request) {
        if (!request.sequence().name().startsWith("ensemble")) {
            return 71.5;
        }
        return switch ((int) request.options().seed()) {
            case 1 -> 80;
            case 2 -> 75;
            case 0 -> 71.5;
            default -> 60;
        };
    }

    /** A helix of alpha carbons, 1.5 Å and 100 degrees a residue, pLDDT 71 and 72 by turns, as a PDB file. */
    public static String structure(String residues) {
        StringBuilder pdb = new StringBuilder();
        for (int i = 0; i < residues.length(); i++) {
            double angle = Math.toRadians(100.0 * i);
            pdb.append(String.format(
                    Locale.ROOT,
                    "ATOM  %5d  CA  %s A%4d    %8.3f%8.3f%8.3f  1.00 %5.2f           C%n",
                    i + 1,
                    AminoAcid.ofCode(residues.charAt(i)).orElseThrow().threeLetterCode(),
                    i + 1,
                    2.3 * Math.cos(angle),
                    2.3 * Math.sin(angle),
                    1.5 * i,
                    71.0 + i % 2));
        }
        return pdb.append("END\n").toString();
    }

    private static Monitor stalling(String name, Monitor monitor) {
        return (state, progress) -> {
            monitor.reached(state, progress);
            if (name.equals("stall_" + state.spelling())) {
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
        };
    }

    private void awaitRelease(String name, long seed, Monitor monitor, int cycles, int cycle) {
        CountDownLatch ofSeed = holds.get(name + " " + seed);
        CountDownLatch hold = ofSeed == null ? holds.get(name) : ofSeed;
        try {
            while (hold != null && cycle == 1 && !hold.await(50, TimeUnit.MILLISECONDS)) {
                monitor.reached(PredictionState.PREDICTING, new PredictionProgress(cycle, cycles, 70.0 + cycle, null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** One half below 8 Å, and a quarter on each side of 12 Å. */
    private static byte[] distogram(int nRes) {
        float[] bins = {0.5f, 0.25f, 0.25f};
        ByteBuffer probabilities =
                ByteBuffer.allocate(Short.BYTES * bins.length * nRes * nRes).order(ByteOrder.LITTLE_ENDIAN);
        while (probabilities.hasRemaining()) {
            for (float bin : bins) {
                probabilities.putShort(Float.floatToFloat16(bin));
            }
        }
        ByteBuffer edges = ByteBuffer.allocate(2 * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(8)
                .putFloat(12);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            putArray(zip, "probabilities", "'<f2'", "(" + nRes + ", " + nRes + ", 3)", probabilities);
            putArray(zip, "bin_edges_angstrom", "'<f4'", "(2,)", edges);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void putArray(ZipOutputStream zip, String name, String type, String shape, ByteBuffer values)
            throws IOException {
        String header = "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + "}\n";
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(values.array());
    }

    private static Artifact text(String name, String mediaType, String content) {
        return new Artifact(name, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }
}
