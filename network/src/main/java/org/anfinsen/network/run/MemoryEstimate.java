package org.anfinsen.network.run;

import java.util.stream.LongStream;
import org.anfinsen.network.layer.QueryChunks;
import org.anfinsen.network.parameters.NetworkDimensions;

/**
 * How much memory one pass needs, from sizes alone, to refuse a chain before it runs rather than while it does. The
 * largest tensors that exist at once are counted:
 *
 * <ul>
 *   <li>always: the parameters, twice while they are packed, and the features;
 *   <li>in the coevolution stack: its values, the normalised ones, and a convolution's input and output in blocks of channels;
 *   <li>in triangle multiplication: the pair representation, the output gate, both sides and their transposes;
 *   <li>in triangle attention: three pair representations and two biases;
 *   <li>in an MSA or extra-MSA block: three MSA representations beside the pair representation;
 *   <li>in the heads: the pair representation, the distogram's two halves and the aligned error;
 *   <li>within a loop over rows: what one row needs.
 * </ul>
 *
 * @param nativeBytes outside the Java heap
 * @param heapBytes in the Java heap: the recycled input and the outputs
 */
public record MemoryEstimate(long nativeBytes, long heapBytes) {
    /** What ONNX Runtime and the Java machine need whatever the sizes. */
    private static final long FIXED_BYTES = 512L << 20;

    private static final int HEAD_BINS = 64;

    /** For one pass of a network over so many residues, sequences and extra sequences. */
    public static MemoryEstimate of(NetworkDimensions sizes, int nRes, int nSeq, int nExtra) {
        long pairs = (long) nRes * nRes;
        long pair = pairs * sizes.cZ();
        long msa = (long) nSeq * nRes * sizes.cM();
        long extra = (long) nExtra * nRes * sizes.cE();
        long sides = 2L * sizes.outerProductChannels() * nRes;
        long multiplication = 2 * pair + 4 * pairs * sizes.triangleChannels();
        long attention = 3 * pair + 2 * pairs * sizes.pairHeads();
        long convolution = pair + 4 * pairs * sizes.coevolutionStackChannels();
        long heads = pair + 3 * pairs * HEAD_BINS;
        long stage = LongStream.of(
                        msa + convolution,
                        msa + multiplication,
                        msa + attention,
                        3 * msa + 2 * pair + sides * nSeq,
                        3 * extra + 2 * pair + sides * nExtra,
                        msa + heads)
                .max()
                .getAsLong();
        long features = pair
                + (long) nSeq * nRes * sizes.cMsaFeat()
                + (long) nExtra * nRes * sizes.cExtraMsaFeat()
                + pairs * sizes.coevolutionChannels().orElse(0);
        long floats = 2 * sizes.parameterCount() + features + stage + oneRow(sizes, nRes, nSeq, nExtra);
        long heap = 2 * pair + 2 * pairs * HEAD_BINS + features;
        return new MemoryEstimate(Float.BYTES * floats + FIXED_BYTES, Float.BYTES * heap);
    }

    /** Intermediate values of one row: attention logits in three forms, the outer product, the transition. */
    private static long oneRow(NetworkDimensions sizes, long nRes, long nSeq, long nExtra) {
        long outer = (long) sizes.outerProductChannels() * sizes.outerProductChannels();
        return LongStream.of(
                        3L * sizes.msaHeads() * nRes * Math.min(nRes, QueryChunks.SIZE_MAX),
                        3L * sizes.msaHeads() * nSeq * Math.min(nSeq, QueryChunks.SIZE_MAX),
                        3L * sizes.ipaHeads() * nRes * nRes,
                        outer * nRes,
                        2L * sizes.transitionFactor() * sizes.cM() * Math.max(nRes, Math.max(nSeq, nExtra)))
                .max()
                .getAsLong();
    }

    /** Both together. */
    public long totalBytes() {
        return nativeBytes + heapBytes;
    }
}
