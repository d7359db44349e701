package org.anfinsen.service.command;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Picks what the command line names. */
final class Chosen {

    private Chosen() {}

    /**
     * Those with the names, in their order; all if none is given.
     *
     * @param kind what they are called in the message that there is none of a name
     */
    static <T> List<T> of(List<T> all, Function<T, String> nameOf, @Nullable List<String> names, String kind) {
        return names == null || names.isEmpty()
                ? all
                : names.stream().map(name -> one(all, nameOf, name, kind)).toList();
    }

    /** The one with the name. */
    static <T> T one(List<T> all, Function<T, String> nameOf, String name, String kind) {
        return all.stream()
                .filter(each -> nameOf.apply(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(ExitCode.USAGE, "there is no " + kind + " " + name));
    }
}
