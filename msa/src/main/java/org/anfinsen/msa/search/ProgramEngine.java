package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.protein.ProteinSequence;

/** What the engines that run a program share: the directory, the time limit, and the check of what comes out. */
abstract sealed class ProgramEngine implements SearchEngine permits MmseqsEngine, HhblitsEngine, JackhmmerEngine {

    final ExternalProgram program;
    final SearchSettings settings;
    private final Path workDirectory;

    ProgramEngine(String program, SearchSettings settings, Path workDirectory) {
        this.program = new ExternalProgram(program);
        this.settings = settings;
        this.workDirectory = workDirectory;
    }

    /** Files of which each must be there. */
    abstract List<Path> neededFiles(Database database);

    /** Runs the program and reads the alignment that it made. */
    abstract Alignment run(Run run) throws IOException, InterruptedException, SearchFailedException;

    /** The program's name and version. */
    abstract String version(Path directory) throws IOException, InterruptedException;

    /** One search. */
    record Run(ProteinSequence query, Path queryFile, Database database, Path directory, long deadlineNanos) {}

    @Override
    public Optional<SearchFailure> check(Database database) {
        if (program.find().isEmpty()) {
            return Optional.of(new SearchFailure.ProgramMissing(program.name()));
        }
        return neededFiles(database).stream()
                .filter(file -> !Files.isRegularFile(file))
                .findFirst()
                .map(file -> new SearchFailure.DatabaseMissing(database.name(), database.location()));
    }

    @Override
    public SearchOutcome search(ProteinSequence query, Database database) throws IOException, InterruptedException {
        Optional<SearchFailure> missing = check(database);
        if (missing.isPresent()) {
            return new SearchOutcome.Failed(missing.get());
        }
        long start = System.nanoTime();
        try (WorkDirectory directory = new WorkDirectory(workDirectory)) {
            long deadline = start + settings.timeout().toNanos();
            Path queryFile = directory.writeQuery(query);
            Alignment alignment = run(new Run(query, queryFile, database, directory.path(), deadline));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new SearchOutcome.Found(tidied(alignment, query), version(directory.path()), elapsed);
        } catch (SearchFailedException e) {
            return new SearchOutcome.Failed(e.failure());
        }
    }

    final Path call(Run run, List<String> arguments) throws IOException, InterruptedException, SearchFailedException {
        return program.run(run.directory(), run.deadlineNanos(), settings.timeout(), arguments);
    }

    final Alignment read(InputStream in, AlignmentFormat format) throws IOException, SearchFailedException {
        return switch (new AlignmentReader(AlignmentLimits.DEFAULT).read(in, program.name(), format)) {
            case AlignmentResult.Accepted accepted -> accepted.alignment();
            case AlignmentResult.Refused refused ->
                throw new SearchFailedException(new SearchFailure.OutputUnreadable(program.name(), refused.message()));
        };
    }

    /** Checks that row 0 is the query and gives it its name back; rows that repeat others go. */
    private Alignment tidied(Alignment alignment, ProteinSequence query) throws SearchFailedException {
        if (!alignment.aligned(0).equals(query.residues())) {
            throw new SearchFailedException(
                    new SearchFailure.OutputUnreadable(program.name(), "its first row is not the query"));
        }
        int rowsMax = Math.addExact(settings.rowsMax(), 1);
        return new AlignmentFilter(0, 0, 1, true, rowsMax).apply(alignment.withName(0, query.name()));
    }
}
