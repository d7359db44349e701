package org.anfinsen.network;

import org.anfinsen.network.parameters.NetworkDimensions;

/**
 * The arithmetic of one pass, in floating-point operations, a multiplication with its addition counted as two. Only
 * matrix products and convolutions count; layer norms, softmax and the like are small beside them, as are embedders, heads and
 * structure module.
 */
final class Arithmetic {
    private final NetworkDimensions sizes;
    private final double nRes;
    private final double nSeq;
    private final double nExtra;

    Arithmetic(NetworkDimensions sizes, int nRes, int nSeq, int nExtra) {
        this.sizes = sizes;
        this.nRes = nRes;
        this.nSeq = nSeq;
        this.nExtra = nExtra;
    }

    double evoformer() {
        double cM = sizes.cM();
        double entries = nSeq * nRes;
        double rowAttention = 2 * entries * (5 * cM * cM + 2 * nRes * cM);
        double columnAttention = 2 * entries * (5 * cM * cM + 2 * nSeq * cM);
        double transition = 2 * entries * 2 * sizes.transitionFactor() * cM * cM;
        double block = rowAttention + columnAttention + transition + outerProductMean(nSeq, cM) + pair();
        return sizes.evoformerBlocks() * block;
    }

    double extraMsa() {
        double cE = sizes.cE();
        double width = cE / sizes.msaHeads();
        double entries = nExtra * nRes;
        double rowAttention = 2 * entries * (5 * cE * cE + 2 * nRes * cE);
        double columnAttention = 2 * entries * (2 * cE * cE + 4 * cE * width);
        double transition = 2 * entries * 2 * sizes.transitionFactor() * cE * cE;
        double block = rowAttention + columnAttention + transition + outerProductMean(nExtra, cE) + pair();
        return sizes.extraMsaBlocks() * block;
    }

    double total() {
        return coevolution() + evoformer() + extraMsa();
    }

    private double coevolution() {
        double channels = sizes.coevolutionStackChannels();
        return sizes.coevolutionBlocks() * 2 * nRes * nRes * 9 * channels * channels;
    }

    private double outerProductMean(double rows, double channelsIn) {
        double c = sizes.outerProductChannels();
        return 2 * (2 * rows * nRes * channelsIn * c + nRes * nRes * c * c * (rows + sizes.cZ()));
    }

    private double pair() {
        double cZ = sizes.cZ();
        double pairs = nRes * nRes;
        double cMul = sizes.triangleChannels();
        double multiplication = 2 * pairs * (5 * cZ * cMul + cZ * cZ + nRes * cMul);
        double attention = 2 * pairs * (5 * cZ * cZ + 2 * nRes * cZ);
        double transition = 2 * pairs * 2 * sizes.transitionFactor() * cZ * cZ;
        return 2 * multiplication + 2 * attention + transition;
    }
}
