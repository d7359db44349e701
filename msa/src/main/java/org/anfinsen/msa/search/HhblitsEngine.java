package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;

/** HHblits of HH-suite 3 on this machine, with AlphaFold's options for the filters. */
public final class HhblitsEngine extends ProgramEngine {

    private static final Pattern VERSION = Pattern.compile("HHblits (\\d[\\w.]*)");
    private static final String FILTER_ROWS_MAX = "100000";

    /**
     * @param program       {@code hhblits}, or its absolute path
     * @param workDirectory where searches put their files while they run
     */
    public HhblitsEngine(String program, SearchSettings settings, Path workDirectory) {
        super(program, settings, workDirectory);
    }

    @Override
    public EngineKind kind() {
        return EngineKind.HHBLITS;
    }

    @Override
    List<Path> neededFiles(Database database) {
        return List.of(
                Path.of(database.location() + "_a3m.ffdata"),
                Path.of(database.location() + "_hhm.ffdata"),
                Path.of(database.location() + "_cs219.ffdata"));
    }

    @Override
    Alignment run(Run run) throws IOException, InterruptedException, SearchFailedException {
        call(
                run,
                List.of(
                        "-i",
                        run.queryFile().toString(),
                        "-d",
                        run.database().location(),
                        "-oa3m",
                        "alignment.a3m",
                        "-o",
                        "hits.hhr",
                        "-n",
                        Integer.toString(settings.iterations()),
                        "-e",
                        Double.toString(settings.eValueMax()),
                        "-cpu",
                        Integer.toString(settings.threads()),
                        "-maxseq",
                        "1000000",
                        "-realign_max",
                        FILTER_ROWS_MAX,
                        "-maxfilt",
                        FILTER_ROWS_MAX,
                        "-min_prefilter_hits",
                        "1000",
                        "-v",
                        "1"));
        try (InputStream in = Files.newInputStream(run.directory().resolve("alignment.a3m"))) {
            return read(in, AlignmentFormat.A3M);
        }
    }

    @Override
    String version(Path directory) throws IOException, InterruptedException {
        return program.version(directory, VERSION, "-h");
    }
}
