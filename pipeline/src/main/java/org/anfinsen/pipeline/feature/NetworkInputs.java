package org.anfinsen.pipeline.feature;

import java.util.Optional;
import java.util.function.IntFunction;
import org.anfinsen.msa.coevolution.Coevolution;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.TemplateInput;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;

/** Features as the tensors that the network takes. The arrays are handed over, not copied. */
public final class NetworkInputs {

    private NetworkInputs() {}

    /**
     * The input of one pass.
     *
     * @param coevolution {@code [N_res, N_res, 7]}, for a network that takes it
     * @param templates   likewise; empty for none
     */
    public static NetworkInput of(
            MsaFeatures features, Optional<FloatTensor> coevolution, Optional<TemplateInput> templates) {
        int nRes = features.nRes();
        int nSeq = features.nSeq();
        int nExtra = features.nExtra();
        return new NetworkInput(
                FloatTensor.of(features.targetFeat(), nRes, MsaFeatures.TARGET_CHANNELS),
                IntTensor.of(features.residueIndex(), nRes),
                FloatTensor.of(features.seqMask(), nRes),
                FloatTensor.of(features.msaFeat(), nSeq, nRes, MsaFeatures.MSA_CHANNELS),
                FloatTensor.of(features.msaMask(), nSeq, nRes),
                FloatTensor.of(features.extraMsaFeat(), nExtra, nRes, MsaFeatures.EXTRA_MSA_CHANNELS),
                FloatTensor.of(features.extraMsaMask(), nExtra, nRes),
                coevolution,
                templates);
    }

    /**
     * The inputs of all passes, by their number from 0: rows are drawn anew for each.
     *
     * @param features   how the model wants its alignments
     * @param dimensions of the network
     * @param templates  the same in all passes; empty for none
     */
    public static IntFunction<NetworkInput> perCycle(
            AnalysedAlignment analysed,
            ModelCard.Features features,
            NetworkDimensions dimensions,
            long seed,
            Optional<TemplateInput> templates) {
        MsaFeaturizer featurizer = new MsaFeaturizer(settings(features));
        Optional<FloatTensor> coevolution = dimensions.coevolutionChannels().isPresent()
                ? Optional.of(coevolution(analysed.coevolution()))
                : Optional.empty();
        return cycle -> of(featurizer.features(analysed.alignment(), seed, cycle), coevolution, templates);
    }

    /** The coevolution of an alignment, {@code [N_res, N_res, 7]}. */
    public static FloatTensor coevolution(Coevolution coevolution) {
        int nRes = coevolution.nRes();
        return FloatTensor.of(coevolution.features(), nRes, nRes, Coevolution.CHANNELS);
    }

    /** How a model wants its alignments: rows drawn anew in each pass, sizes and masking as on its card. */
    public static MsaFeatureSettings settings(ModelCard.Features features) {
        return new MsaFeatureSettings(
                features.msaClusters(),
                features.extraMsa(),
                MsaFeatureSettings.RowOrder.SAMPLED,
                features.maskedFraction(),
                features.queryAsExtra()
                        ? MsaFeatureSettings.EmptyExtraMsa.QUERY
                        : MsaFeatureSettings.EmptyExtraMsa.MASKED_ROW);
    }
}
