package org.anfinsen.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkOutput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.pipeline.confidence.PredictedAlignedError;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;

/**
 * The recycling loop around the network: Jumper et al. 2021, Suppl. Alg. 2. Each pass gets the first MSA row, the pair
 * representation and the pseudo-beta positions of the pass before, and features of its own.
 *
 * <p>Departs from the supplement: the loop may stop before the last pass, once the C-alpha distances have settled, as
 * ColabFold does.
 */
public final class Inference {

    private final NetworkSession network;
    private final double settledAngstrom;

    /**
     * A loop around a network.
     *
     * @param network         stays the caller's
     * @param settledAngstrom the loop stops when the root mean square change of the C-alpha distances between two passes is
     *                        below this, in Å; 0 never stops early
     */
    public Inference(NetworkSession network, double settledAngstrom) {
        if (!(settledAngstrom >= 0)) {
            throw new IllegalArgumentException("tolerance " + settledAngstrom + " Å, must not be negative");
        }
        this.network = network;
        this.settledAngstrom = settledAngstrom;
    }

    /** Follows the loop; what it throws ends it. */
    @FunctionalInterface
    public interface PassListener {

        /** Called after each pass. */
        void passed(PredictionProgress progress);
    }

    /**
     * Predicts a chain.
     *
     * @param features of each pass, by its number from 0
     * @param recycles how often the output is fed back: at most {@code recycles + 1} passes are made
     */
    public FoldedChain run(
            ProteinSequence sequence, IntFunction<NetworkInput> features, int recycles, PassListener listener) {
        RecycledInput recycled = RecycledInput.zeros(sequence.length(), network.dimensions());
        double[] previousDistances = null;
        int cycle = 0;
        while (true) {
            NetworkOutput output = network.run(features.apply(cycle), recycled);
            cycle++;
            AtomPositions positions = positions(sequence, output);
            double[] distances = alphaDistances(output.translations());
            Double change = previousDistances == null ? null : rootMeanSquare(distances, previousDistances);
            Plddt plddt = Plddt.ofLogits(output.plddtLogits());
            listener.passed(new PredictionProgress(cycle, recycles + 1, plddt.mean(), change));
            boolean settled = change != null && change < settledAngstrom;
            if (settled || cycle > recycles) {
                return new FoldedChain(
                        sequence,
                        positions,
                        plddt,
                        output.alignedErrorLogits().map(PredictedAlignedError::ofLogits),
                        Distogram.ofLogits(output.distogramLogits()),
                        output.secondaryStructureLogits().map(SecondaryStructure::ofLogits),
                        cycle,
                        settled && cycle <= recycles);
            }
            previousDistances = distances;
            recycled = output.recycled(FloatTensor.of(PseudoBeta.positions(sequence, positions), sequence.length(), 3));
        }
    }

    /** Atoms of a pass, {@code [N_res, 37, 3]} in Å: Suppl. Alg. 24. */
    static AtomPositions positions(ProteinSequence sequence, NetworkOutput output) {
        float[] r = output.rotations().data();
        float[] t = output.translations().data();
        List<RigidFrame> frames = new ArrayList<>(sequence.length());
        for (int i = 0; i < sequence.length(); i++) {
            Rotation rotation = new Rotation(
                    r[9 * i],
                    r[9 * i + 1],
                    r[9 * i + 2],
                    r[9 * i + 3],
                    r[9 * i + 4],
                    r[9 * i + 5],
                    r[9 * i + 6],
                    r[9 * i + 7],
                    r[9 * i + 8]);
            frames.add(new RigidFrame(rotation, new Vector3(t[3 * i], t[3 * i + 1], t[3 * i + 2])));
        }
        return AllAtomCoordinates.compute(sequence, frames, output.torsions().data());
    }

    /** Distances of all pairs of C-alpha atoms, {@code [N_res (N_res - 1) / 2]} in Å. */
    private static double[] alphaDistances(FloatTensor translations) {
        float[] t = translations.data();
        int nRes = t.length / 3;
        double[] distances = new double[nRes * (nRes - 1) / 2];
        int pair = 0;
        for (int i = 0; i < nRes; i++) {
            for (int j = i + 1; j < nRes; j++) {
                double x = t[3 * i] - t[3 * j];
                double y = t[3 * i + 1] - t[3 * j + 1];
                double z = t[3 * i + 2] - t[3 * j + 2];
                distances[pair++] = Math.sqrt(x * x + y * y + z * z);
            }
        }
        return distances;
    }

    private static double rootMeanSquare(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return a.length == 0 ? 0 : Math.sqrt(sum / a.length);
    }
}
