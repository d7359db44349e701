package org.anfinsen.pipeline.report;

/** A number of things in words: "1 domain", "3 domains". */
public final class Counted {

    private Counted() {}

    /** @param noun English, with a regular plural */
    public static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
