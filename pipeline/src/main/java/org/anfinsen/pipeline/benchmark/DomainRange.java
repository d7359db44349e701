package org.anfinsen.pipeline.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The residues of a domain, such as {@code 1-120,150-180}, by the numbers in the native's file. */
record DomainRange(List<int[]> parts) {

    DomainRange {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if the text is no list of ranges */
    static DomainRange of(String text) {
        List<int[]> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("-?\\d{1,5}(--?\\d{1,5})?")) {
                throw new IllegalArgumentException("'" + text + "' is no list of residue ranges such as 1-120,150-180");
            }
            int dash = part.indexOf('-', 1);
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            parts.add(new int[] {first, dash < 0 ? first : Integer.parseInt(part.substring(dash + 1))});
        }
        return new DomainRange(parts);
    }

    /** The coordinate lines of these residues from a PDB file. */
    String cut(String pdb) {
        return pdb.lines()
                .filter(line -> (!line.startsWith("ATOM") && !line.startsWith("HETATM")) || contains(line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private boolean contains(String line) {
        int number =
                line.length() < 26 ? 0 : Integer.parseInt(line.substring(22, 26).strip());
        return parts.stream().anyMatch(part -> number >= part[0] && number <= part[1]);
    }
}
