package org.anfinsen.pipeline.template;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of structure files that was indexed under a name. The structures stay where they are; the index has the chains
 * ({@value #CHAINS}, a JSON object a line), their sequences as FASTA for the embedded search, and as an HH-suite database.
 *
 * @param name     what requests call it
 * @param folder   absolute path of the structure files
 * @param chains   how many there are
 * @param files    how many files they are in
 * @param checksum SHA-256 of the index, which has the checksums of all files, hexadecimal
 * @param indexed  when
 */
public record TemplateLibrary(String name, String folder, int chains, int files, String checksum, Instant indexed) {

    static final String CHAINS = "chains.jsonl";
    static final String FASTA = "chains.fasta";
    static final String PROFILES = "chains";
    static final String CARD = "library.json";

    static final JsonMapper JSON = JsonMapper.builder().build();

    public TemplateLibrary {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(checksum, "checksum");
        Objects.requireNonNull(indexed, "indexed");
    }

    /** The chains whose keys are wanted, by key. */
    static Map<String, TemplateChain> chains(Path index, Predicate<String> keys) throws IOException {
        Map<String, TemplateChain> chains = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(index.resolve(CHAINS))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The key comes first in a line: most lines need not be parsed.
                if (keys.test(key(line))) {
                    TemplateChain chain = JSON.readValue(line, TemplateChain.class);
                    chains.put(chain.key(), chain);
                }
            }
        }
        return chains;
    }

    private static String key(String line) {
        int start = line.indexOf(":\"") + 2;
        return line.substring(start, line.indexOf('"', start));
    }
}
