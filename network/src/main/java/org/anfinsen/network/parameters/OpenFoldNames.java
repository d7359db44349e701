package org.anfinsen.network.parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** OpenFold's names of parameters, turned into AlphaFold's by the table {@code openfold-names.tsv}. */
final class OpenFoldNames {
    private static final Map<String, String> SCOPES = read("openfold-names.tsv");
    private static final Pattern BLOCK = Pattern.compile("(?<=\\.blocks)\\.(\\d{1,4})(?=\\.)");

    /** Modules that only some of OpenFold's versions and trainers have around others. */
    private static final Pattern WRAPPERS = Pattern.compile(
            "^(module\\.)?(model\\.)?(template_embedder\\.)?|(?<=\\.)(core|pair_stack)\\.|(?<=_points)\\.linear");

    private static final Pattern LAYER_NORM = Pattern.compile(".*\\.layer_norm\\w*\\.\\w+");

    private OpenFoldNames() {}

    /**
     * Where an array belongs.
     *
     * @param name AlphaFold's
     * @param block of a stack, {@link ParameterScope#NO_BLOCK} outside one
     */
    record Published(String name, int block) {}

    /** @throws ParameterException if OpenFold's network for monomers has no such array */
    static Published published(String openFold) {
        Matcher block = BLOCK.matcher(openFold);
        int index = block.find() ? Integer.parseInt(block.group(1)) : ParameterScope.NO_BLOCK;
        String rest = WRAPPERS.matcher(block.replaceFirst("")).replaceAll("");
        if (LAYER_NORM.matcher(rest).matches()) {
            rest = rest.replaceFirst("\\.weight$", ".scale").replaceFirst("\\.bias$", ".offset");
        }
        StringBuilder name = new StringBuilder(Parameters.ROOT);
        while (!rest.isEmpty()) {
            String module = longestKnown(rest, openFold);
            String scope = Objects.requireNonNull(SCOPES.get(module));
            name.append(scope.startsWith("//") ? "" : "/").append(scope);
            rest = rest.substring(Math.min(rest.length(), module.length() + 1));
        }
        if (name.indexOf("//") < 0) {
            throw unknown(openFold);
        }
        return new Published(name.toString(), index);
    }

    private static String longestKnown(String name, String openFold) {
        String module = name;
        while (!SCOPES.containsKey(module)) {
            int dot = module.lastIndexOf('.');
            if (dot < 0) {
                throw unknown(openFold);
            }
            module = module.substring(0, dot);
        }
        return module;
    }

    private static ParameterException unknown(String openFold) {
        return new ParameterException(openFold + " is no array of OpenFold's network for monomers");
    }

    private static Map<String, String> read(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OpenFoldNames.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> cells[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
