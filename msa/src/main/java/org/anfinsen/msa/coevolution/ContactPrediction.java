package org.anfinsen.msa.coevolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Contacts from coevolution alone, without a network: the first map as a probability.
 *
 * <p>The probability is a logistic regression on the map's value z, ln Neff and ln N_res, over the pairs at least six
 * apart of 90 chains of the training set with 50 to 160 residues and 30 or more rows (512 used at most). Fitted on 60 of
 * them and checked on the other 30, pairs given 0.2 to 0.4, 0.4 to 0.6, 0.6 to 0.8 and more were in contact in 42, 56, 71
 * and 81 % of 292, 66, 38 and 36 cases; the coefficients here are those of all 90. Below Neff 6 the value z tells nothing
 * and the probabilities are those of the length alone.
 */
public final class ContactPrediction {

    /** Residues nearer in sequence are near in space anyway. */
    public static final int SEPARATION_MIN = 6;

    private static final double INTERCEPT = 1.1399;
    private static final double BY_VALUE = -0.2885;
    private static final double BY_VALUE_AND_LN_NEFF = 0.1629;
    private static final double BY_LN_NEFF = 0.0416;
    private static final double BY_LN_LENGTH = -0.9773;
    private static final int LN_NEFF_CHANNEL = 6;

    private ContactPrediction() {}

    /** All pairs at least {@value #SEPARATION_MIN} apart, most probable first. */
    public static List<PredictedContact> of(Coevolution coevolution) {
        double lnNeff = coevolution.scale(LN_NEFF_CHANNEL);
        double byValue = Math.max(0, BY_VALUE + BY_VALUE_AND_LN_NEFF * lnNeff);
        double constant = INTERCEPT + BY_LN_NEFF * lnNeff + BY_LN_LENGTH * Math.log(coevolution.nRes());
        List<PredictedContact> contacts = new ArrayList<>();
        for (int i = 0; i < coevolution.nRes(); i++) {
            for (int j = i + SEPARATION_MIN; j < coevolution.nRes(); j++) {
                double logit = constant + byValue * coevolution.at(0, i, j);
                contacts.add(new PredictedContact(i, j, 1 / (1 + Math.exp(-logit))));
            }
        }
        contacts.sort(Comparator.comparingDouble(PredictedContact::probability)
                .reversed()
                .thenComparingInt(PredictedContact::i)
                .thenComparingInt(PredictedContact::j));
        return contacts;
    }
}
