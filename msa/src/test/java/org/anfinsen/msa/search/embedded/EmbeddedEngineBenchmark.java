package org.anfinsen.msa.search.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anfinsen.msa.alignment.ResidueCode;
import org.anfinsen.msa.search.SearchSettings;

/**
 * Compares the embedded engine with MMseqs2 on one database: which share of each other's hits they find, and the processor
 * time of both, which other work on the machine does not change. One round without profile, E ≤ 1e-3. Needs Linux;
 * {@code scripts/benchmark-search} runs it.
 *
 * <p>Arguments: the database as FASTA, the same made with {@code mmseqs createdb}, a FASTA of queries, threads.
 */
final class EmbeddedEngineBenchmark {

    private static final double E_VALUE_MAX = 1e-3;
    private static final int ROWS_MAX = 100_000;

    /** Places in {@code /proc/self/stat} behind the program's name: utime and cutime; stime and cstime follow. */
    private static final int SELF = 11;

    private static final int CHILDREN = 13;
    private static final double TICKS_PER_SECOND = 100;

    private EmbeddedEngineBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path fasta = Path.of(arguments[0]);
        String mmseqsDatabase = arguments[1];
        int threads = Integer.parseInt(arguments[3]);
        List<FastaStream.Entry> queries;
        try (FastaStream stream = new FastaStream(Path.of(arguments[2]))) {
            queries = stream.next(Integer.MAX_VALUE);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // The first search also waits for the files and for the compiler.
        embedded(queries.getFirst(), fasta, threads);
        double start = processorSeconds(CHILDREN);
        Map<String, Set<String>> expected = mmseqs(queries, mmseqsDatabase, threads);
        double mmseqsSeconds = processorSeconds(CHILDREN) - start;
        out.println("query\tresidues\tmmseqs\tembedded\tcommon\tembedded s");
        long mmseqsTotal = 0;
        long embeddedTotal = 0;
        long commonTotal = 0;
        double secondsTotal = 0;
        for (FastaStream.Entry query : queries) {
            start = processorSeconds(SELF);
            Set<String> found = embedded(query, fasta, threads);
            double seconds = processorSeconds(SELF) - start;
            Set<String> hits = expected.getOrDefault(firstWord(query.name()), Set.of());
            Set<String> common = new HashSet<>(hits);
            common.retainAll(found);
            mmseqsTotal += hits.size();
            embeddedTotal += found.size();
            commonTotal += common.size();
            secondsTotal += seconds;
            out.printf(
                    Locale.ROOT,
                    "%s\t%d\t%d\t%d\t%d\t%.1f%n",
                    firstWord(query.name()),
                    query.codes().length,
                    hits.size(),
                    found.size(),
                    common.size(),
                    seconds);
        }
        out.printf(
                Locale.ROOT,
                "%d queries: %d hits of MMseqs2, of which embedded finds %.1f %%; %d hits of embedded, of which MMseqs2"
                        + " finds %.1f %%%n",
                queries.size(),
                mmseqsTotal,
                100.0 * commonTotal / mmseqsTotal,
                embeddedTotal,
                100.0 * commonTotal / embeddedTotal);
        out.printf(
                Locale.ROOT,
                "processor seconds for all: MMseqs2 %.1f, embedded %.1f, ratio %.2f, %d threads%n",
                mmseqsSeconds,
                secondsTotal,
                secondsTotal / mmseqsSeconds,
                threads);
    }

    /** User and system time of this process, or of the processes that it has started and that have ended. */
    private static double processorSeconds(int field) throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
    }

    private static Set<String> embedded(FastaStream.Entry query, Path fasta, int threads) throws Exception {
        SearchSettings settings = new SearchSettings(E_VALUE_MAX, 1, ROWS_MAX, threads, Duration.ofHours(1));
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        Set<String> names = new HashSet<>();
        for (DatabaseScan.Hit hit : new DatabaseScan(query.codes(), settings, deadline).run(fasta)) {
            names.add(firstWord(hit.entry().name()));
        }
        return names;
    }

    /** The hits of each query; all are searched for at once, as MMseqs2 is meant to be used. */
    private static Map<String, Set<String>> mmseqs(List<FastaStream.Entry> queries, String database, int threads)
            throws Exception {
        Path directory = Files.createTempDirectory("mmseqs-benchmark");
        StringBuilder fasta = new StringBuilder();
        for (FastaStream.Entry query : queries) {
            fasta.append('>').append(firstWord(query.name())).append('\n');
            for (byte code : query.codes()) {
                fasta.append(ResidueCode.letter(code));
            }
            fasta.append('\n');
        }
        Path file = Files.writeString(directory.resolve("queries.fasta"), fasta);
        Path hits = directory.resolve("hits.tsv");
        List<String> command = new ArrayList<>(List.of("mmseqs", "easy-search", file.toString(), database));
        command.addAll(List.of(hits.toString(), directory.resolve("work").toString()));
        command.addAll(List.of("-s", "5.7", "-e", Double.toString(E_VALUE_MAX), "--format-output", "query,target"));
        command.addAll(List.of("--max-seqs", Integer.toString(ROWS_MAX), "--threads", Integer.toString(threads)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("mmseqs failed, see " + directory);
        }
        Map<String, Set<String>> found = new HashMap<>();
        for (String line : Files.readAllLines(hits)) {
            List<String> fields = Arrays.asList(line.split("\t", 2));
            found.computeIfAbsent(fields.getFirst(), query -> new HashSet<>()).add(fields.getLast());
        }
        return found;
    }

    private static String firstWord(String name) {
        return Arrays.asList(name.split("\\s", 2)).getFirst();
    }
}
