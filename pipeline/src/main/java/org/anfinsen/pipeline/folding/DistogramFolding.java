package org.anfinsen.pipeline.folding;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.pipeline.FoldedChain;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.confidence.ExpectedLddt;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.folding.BackboneDescent;
import org.anfinsen.structure.folding.BackboneFold;
import org.anfinsen.structure.folding.DescentSettings;
import org.anfinsen.structure.folding.SideChainPacking;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Dihedral;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import org.anfinsen.structure.geometry.Vector3;

/**
 * Gradient descent on a potential made of the distogram, as AlphaFold 1 folded (Senior et al. 2020, Methods, "Structure
 * realization by gradient descent"), over the backbone's atoms; its torsions stay near to the structure module's. Side chains
 * begin with the structure module's chi angles and turn where they would overlap.
 */
public final class DistogramFolding {

    /** An extended chain, where the network gives no backbone: unknown residues. */
    private static final double PHI_UNKNOWN = Math.toRadians(-120);

    private static final double PSI_UNKNOWN = Math.toRadians(130);

    private static final Vector3 UNKNOWN = new Vector3(Double.NaN, Double.NaN, Double.NaN);

    private DistogramFolding() {}

    /**
     * The chain with atoms that agree better with its distogram, and the confidence in these.
     *
     * @param descent as the model's card says
     * @param seed    of the starts
     */
    public static FoldedChain refold(FoldedChain chain, ModelCard.Descent descent, long seed) {
        ProteinSequence sequence = chain.sequence();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        BackboneFold fold = BackboneDescent.fold(
                sequence,
                phi(chain.positions()),
                psi(chain.positions()),
                pseudoBetas(chain),
                expectedAngstrom(chain.distogram()),
                DistogramPotential.of(chain.distogram()),
                new DescentSettings(
                        descent.rounds(),
                        descent.restarts(),
                        descent.steps(),
                        descent.restartNoiseAngstrom(),
                        descent.torsionWeight(),
                        descent.hydrogenBondWeight(),
                        descent.clashWeight(),
                        descent.bondWeight()),
                random);
        List<RigidFrame> frames = fold.frames();
        float[] torsions = SideChainPacking.pack(sequence, frames, sinCos(chain, fold));
        AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, torsions);
        return chain.refolded(positions, plddt(chain, positions, descent));
    }

    /** The structure module's, {@code [N_res, 3]} in Å; NaN where it has none. */
    private static double[] pseudoBetas(FoldedChain chain) {
        return IntStream.range(0, chain.sequence().length())
                .mapToObj(i -> PseudoBeta.find(chain.sequence(), chain.positions(), i))
                .map(point -> point.orElse(UNKNOWN))
                .flatMapToDouble(point -> DoubleStream.of(point.x(), point.y(), point.z()))
                .toArray();
    }

    /** The means of the distances, {@code [N_res, N_res]}. */
    private static double[][] expectedAngstrom(Distogram distogram) {
        float[] edges = distogram.edgesAngstrom();
        double step = (edges[edges.length - 1] - edges[0]) / (double) (edges.length - 1);
        double[][] expected = new double[distogram.length()][distogram.length()];
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected.length; j++) {
                for (int b = 0; b < distogram.bins(); b++) {
                    expected[i][j] += distogram.at(i, j, b) * (edges[0] + (b - 0.5) * step);
                }
            }
        }
        return expected;
    }

    private static Plddt plddt(FoldedChain chain, AtomPositions positions, ModelCard.Descent descent) {
        double[] expected = ExpectedLddt.of(chain.distogram(), chain.sequence(), positions);
        return Plddt.of(Arrays.stream(expected)
                .map(lddt -> 100 * Math.clamp(descent.plddtScale() * lddt + descent.plddtOffset(), 0, 1))
                .toArray());
    }

    /** Measured also where the network left a gap between two residues. */
    private static double[] phi(AtomPositions positions) {
        double[] phi = new double[positions.length()];
        for (int i = 0; i < phi.length; i++) {
            phi[i] = i > 0 && isPlaced(positions, i - 1) && isPlaced(positions, i)
                    ? Dihedral.radians(
                            positions.at(i - 1, Atom.C),
                            positions.at(i, Atom.N),
                            positions.at(i, Atom.CA),
                            positions.at(i, Atom.C))
                    : PHI_UNKNOWN;
        }
        return phi;
    }

    private static double[] psi(AtomPositions positions) {
        double[] psi = new double[positions.length()];
        for (int i = 0; i < psi.length; i++) {
            psi[i] = i + 1 < psi.length && isPlaced(positions, i) && isPlaced(positions, i + 1)
                    ? Dihedral.radians(
                            positions.at(i, Atom.N),
                            positions.at(i, Atom.CA),
                            positions.at(i, Atom.C),
                            positions.at(i + 1, Atom.N))
                    : PSI_UNKNOWN;
        }
        return psi;
    }

    private static boolean isPlaced(AtomPositions positions, int i) {
        return positions.isPresent(i, Atom.N) && positions.isPresent(i, Atom.CA) && positions.isPresent(i, Atom.C);
    }

    /** {@code [N_res, 7, 2]}: the new backbone's phi and psi, the old side chains; omega is trans. */
    private static float[] sinCos(FoldedChain chain, BackboneFold fold) {
        TorsionAngles old = TorsionAngles.measure(chain.sequence(), chain.positions());
        int torsions = Torsion.ALL.size();
        float[] sinCos = new float[2 * torsions * old.length()];
        for (int i = 0; i < old.length(); i++) {
            for (Torsion torsion : Torsion.ALL) {
                double radians = switch (torsion) {
                    case OMEGA -> Math.PI;
                    case PHI -> fold.phi(i);
                    case PSI -> fold.psi(i);
                    case CHI1, CHI2, CHI3, CHI4 -> old.at(i, torsion).orElse(0);
                };
                int k = 2 * (i * torsions + torsion.index());
                sinCos[k] = (float) Math.sin(radians);
                sinCos[k + 1] = (float) Math.cos(radians);
            }
        }
        return sinCos;
    }
}
