package org.anfinsen.msa.coevolution;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.protein.ProteinSequence;

/**
 * Measures the coevolution features (mean-field DCA) of random alignments: time on the clock, processor time, and the most
 * memory in use at one time.
 *
 * <p>Arguments: rows, then lengths of the query.
 */
final class CoevolutionBenchmark {

    private static final String AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";

    private CoevolutionBenchmark() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Coevolution.of(random(100, 50));
        out.println("residues\trows\tseconds\tprocessor seconds\tmemory MiB");
        for (int k = 1; k < arguments.length; k++) {
            Alignment alignment = random(rows, Integer.parseInt(arguments[k]));
            System.gc();
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
            long processor = system.getProcessCpuTime();
            long start = System.nanoTime();
            Coevolution coevolution = Coevolution.of(alignment);
            double seconds = (System.nanoTime() - start) / 1e9;
            double processorSeconds = (system.getProcessCpuTime() - processor) / 1e9;
            long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
            out.printf(
                    Locale.ROOT,
                    "%d\t%d\t%.1f\t%.1f\t%d%n",
                    coevolution.nRes(),
                    rows,
                    seconds,
                    processorSeconds,
                    peak >> 20);
        }
    }

    private static Alignment random(int rows, int nRes) {
        SplittableRandom random = new SplittableRandom(1);
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", letters(random, nRes)));
        for (int row = 1; row < rows; row++) {
            builder.add("r" + row, letters(random, nRes));
        }
        return builder.build();
    }

    private static String letters(SplittableRandom random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(AMINO_ACIDS.charAt(random.nextInt(AMINO_ACIDS.length())));
        }
        return letters.toString();
    }
}
