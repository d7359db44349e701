package org.anfinsen.structure.folding;

import java.util.List;
import org.anfinsen.structure.geometry.RigidFrame;

/** A backbone that a descent ended with. */
public final class BackboneFold {

    private final double cost;
    private final List<RigidFrame> frames;
    private final double[] phi;
    private final double[] psi;

    BackboneFold(double cost, List<RigidFrame> frames, double[] phi, double[] psi) {
        this.cost = cost;
        this.frames = List.copyOf(frames);
        this.phi = phi;
        this.psi = psi;
    }

    /** In the units of the potential; the lower, the better. */
    public double cost() {
        return cost;
    }

    /** Residue to global, {@code [N_res]}, translations in Å. */
    public List<RigidFrame> frames() {
        return frames;
    }

    /** Phi of a residue, in radians; the first moves nothing. */
    public double phi(int residue) {
        return phi[residue];
    }

    /** Psi of a residue, in radians; the last moves only the oxygen. */
    public double psi(int residue) {
        return psi[residue];
    }

    /** All phi, {@code [N_res]}: read only. */
    double[] allPhi() {
        return phi;
    }

    /** All psi, likewise. */
    double[] allPsi() {
        return psi;
    }
}
