package org.anfinsen.structure.folding;

import org.anfinsen.structure.geometry.Vector3;

/** Trans peptides with given torsions, atom by atom. */
final class IdealBackbone {

    private IdealBackbone() {}

    /** N, C-alpha, C: {@code [N_res, 3, 3]} in Å, row-major; phi and psi in radians. */
    static double[] of(double[] phi, double[] psi) {
        Vector3[] atoms = new Vector3[3 * phi.length];
        atoms[0] = new Vector3(0, 0, 0);
        atoms[1] = new Vector3(Springs.N_CA_ANGSTROM, 0, 0);
        atoms[2] = atoms[1].plus(new Vector3(-Math.cos(Springs.N_CA_C_RADIANS), Math.sin(Springs.N_CA_C_RADIANS), 0)
                .times(Springs.CA_C_ANGSTROM));
        for (int i = 1; i < phi.length; i++) {
            int k = 3 * i;
            atoms[k] = next(atoms, k, Springs.C_N_ANGSTROM, Springs.CA_C_N_RADIANS, psi[i - 1]);
            atoms[k + 1] = next(atoms, k + 1, Springs.N_CA_ANGSTROM, Springs.C_N_CA_RADIANS, Math.PI);
            atoms[k + 2] = next(atoms, k + 2, Springs.CA_C_ANGSTROM, Springs.N_CA_C_RADIANS, phi[i]);
        }
        double[] coordinates = new double[3 * atoms.length];
        for (int k = 0; k < atoms.length; k++) {
            coordinates[3 * k] = atoms[k].x();
            coordinates[3 * k + 1] = atoms[k].y();
            coordinates[3 * k + 2] = atoms[k].z();
        }
        return coordinates;
    }

    private static Vector3 next(Vector3[] atoms, int k, double bond, double angle, double torsion) {
        Vector3 along = atoms[k - 1].minus(atoms[k - 2]).normalized();
        Vector3 normal = atoms[k - 2].minus(atoms[k - 3]).cross(along).normalized();
        Vector3 turned = normal.cross(along).times(Math.cos(torsion)).plus(normal.times(Math.sin(torsion)));
        return atoms[k - 1].plus(along.times(-bond * Math.cos(angle)).plus(turned.times(bond * Math.sin(angle))));
    }
}
