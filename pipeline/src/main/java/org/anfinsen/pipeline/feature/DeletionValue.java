package org.anfinsen.pipeline.feature;

/** Brings deletion counts into 0 to 1: {@code 2/π arctan(d/3)}, Jumper et al. 2021, Suppl. Table 1. */
final class DeletionValue {

    private DeletionValue() {}

    static float of(float deletions) {
        return deletions == 0 ? 0 : (float) (2 / Math.PI * Math.atan(deletions / 3.0));
    }
}
