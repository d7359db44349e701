package org.anfinsen.service.isolation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionFailure.Category;

/** How a child ended that was not meant to, told from its exit code and from what it and Java said at the end. */
final class ProcessEnd {

    /** Java's, where it is told to exit on OutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    /** The code of a process that was ended by a signal is larger by this. */
    private static final int SIGNAL_BASE = 128;

    private static final int SIGKILL = 9;
    private static final Pattern OUT_OF_MEMORY_LINE =
            Pattern.compile("OutOfMemoryError|insufficient memory|bad_alloc|[Oo]ut of memory");

    /** In the report that Java writes of a crash, such as {@code #  SIGSEGV (0xb) at pc=0x00007f…}. It exits with 1 then. */
    private static final Pattern CRASH_LINE = Pattern.compile("#\\s+(SIG[A-Z]+) \\(");

    private ProcessEnd() {}

    /**
     * The failure for the user.
     *
     * @param code  of its exit
     * @param lines of Java's report of a crash, and the last ones of its standard error
     */
    static PredictionFailure failure(int code, List<String> lines) {
        if (code == OUT_OF_MEMORY
                || lines.stream()
                        .anyMatch(line -> OUT_OF_MEMORY_LINE.matcher(line).find())) {
            return new PredictionFailure(
                    "out-of-memory", Category.RESOURCES, "the prediction's process ran out of memory");
        }
        Optional<String> signal = lines.stream()
                .map(CRASH_LINE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
        if (signal.isEmpty() && code == SIGNAL_BASE + SIGKILL) {
            return new PredictionFailure(
                    "network-killed",
                    Category.RESOURCES,
                    "the prediction's process was killed, as the system does when memory runs out");
        }
        String what = signal.map(name -> "crashed in native code (" + name + ")")
                .orElse(
                        code > SIGNAL_BASE
                                ? "crashed in native code (signal " + (code - SIGNAL_BASE) + ")"
                                : "ended with exit code " + code);
        return new PredictionFailure("network-crashed", Category.INTERNAL, "the prediction's process " + what);
    }
}
