package org.anfinsen.pipeline.benchmark;

import java.util.HashMap;
import java.util.Map;
import org.anfinsen.structure.score.ContactProbability;

/** Contacts as CASP's RR format lists them; a pair that is not listed has probability 0. */
final class RrContacts implements ContactProbability {

    private final int nRes;
    private final Map<Integer, Double> probabilities = new HashMap<>();

    private RrContacts(int nRes) {
        this.nRes = nRes;
    }

    /** Reads lines {@code i j 0 8 p}; residues count from 1. */
    static RrContacts read(String text, int nRes) {
        RrContacts contacts = new RrContacts(nRes);
        text.lines()
                .filter(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)))
                .forEach(line -> {
                    String[] fields = line.split(" ", -1);
                    contacts.probabilities.put(
                            contacts.key(Integer.parseInt(fields[0]) - 1, Integer.parseInt(fields[1]) - 1),
                            Double.parseDouble(fields[4]));
                });
        return contacts;
    }

    @Override
    public double at(int first, int second) {
        return probabilities.getOrDefault(key(first, second), 0.0);
    }

    private int key(int first, int second) {
        return Math.min(first, second) * nRes + Math.max(first, second);
    }
}
