package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.alignment.AlignmentWriter;

/**
 * HHsearch of HH-suite 3 on this machine: compares the profile of a whole alignment with each entry of an HH-suite database.
 * Unlike a {@link SearchEngine} it starts from an alignment, so it finds what a single sequence no longer resembles.
 */
public final class HhsearchEngine {

    private static final Pattern VERSION = Pattern.compile("HHsearch (\\d[\\w.]*)");

    private final ExternalProgram program;
    private final SearchSettings settings;
    private final Path workDirectory;

    /**
     * @param program       {@code hhsearch}, or its absolute path
     * @param settings      {@link SearchSettings#iterations()} has no effect
     * @param workDirectory where searches put their files while they run
     */
    public HhsearchEngine(String program, SearchSettings settings, Path workDirectory) {
        this.program = new ExternalProgram(program);
        this.settings = settings;
        this.workDirectory = workDirectory;
    }

    /** Whether the program is there. */
    public boolean isInstalled() {
        return program.find().isPresent();
    }

    /**
     * Searches.
     *
     * @param query  row 0 is the query
     * @param prefix of an HH-suite database, without {@code _a3m.ffdata}
     * @return the query and a row for each entry with an E-value small enough, best first; names are those of the entries
     * @throws IOException          if this machine's own files cannot be written or read
     * @throws InterruptedException if the thread is interrupted; the program has been stopped by then
     */
    public SearchOutcome search(Alignment query, Path prefix) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (WorkDirectory directory = new WorkDirectory(workDirectory)) {
            try (OutputStream out = Files.newOutputStream(directory.path().resolve("query.a3m"))) {
                AlignmentWriter.writeA3m(query, out);
            }
            program.run(directory.path(), start + settings.timeout().toNanos(), settings.timeout(), arguments(prefix));
            Alignment found = read(directory.path().resolve("hits.a3m"));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new SearchOutcome.Found(
                    hits(found, query), program.version(directory.path(), VERSION, "-h"), elapsed);
        } catch (SearchFailedException e) {
            return new SearchOutcome.Failed(e.failure());
        }
    }

    private List<String> arguments(Path prefix) {
        String rowsMax = Integer.toString(settings.rowsMax());
        return List.of(
                "-i",
                "query.a3m",
                "-d",
                prefix.toString(),
                "-oa3m",
                "hits.a3m",
                "-o",
                "hits.hhr",
                "-all",
                "-e",
                Double.toString(settings.eValueMax()),
                "-Z",
                rowsMax,
                "-B",
                rowsMax,
                "-cpu",
                Integer.toString(settings.threads()),
                "-maxseq",
                "1000000",
                "-v",
                "1");
    }

    private Alignment read(Path file) throws IOException, SearchFailedException {
        try (InputStream in = Files.newInputStream(file)) {
            return switch (new AlignmentReader(AlignmentLimits.DEFAULT).read(in, program.name(), AlignmentFormat.A3M)) {
                case AlignmentResult.Accepted accepted -> accepted.alignment();
                case AlignmentResult.Refused refused ->
                    throw new SearchFailedException(
                            new SearchFailure.OutputUnreadable(program.name(), refused.message()));
            };
        }
    }

    /** Its result has the query's own rows first. */
    private Alignment hits(Alignment found, Alignment query) throws SearchFailedException {
        int own = query.rows();
        if (found.rows() < own || !found.aligned(0).equals(query.aligned(0))) {
            throw new SearchFailedException(
                    new SearchFailure.OutputUnreadable(program.name(), "it does not begin with the query's alignment"));
        }
        return found.select(IntStream.concat(IntStream.of(0), IntStream.range(own, found.rows()))
                        .toArray())
                .withName(0, query.name(0));
    }
}
