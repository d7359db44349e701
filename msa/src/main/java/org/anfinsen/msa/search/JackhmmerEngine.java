package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;

/** Jackhmmer of HMMER 3 on this machine, with AlphaFold's options for the filters. */
public final class JackhmmerEngine extends ProgramEngine {

    private static final Pattern VERSION = Pattern.compile("HMMER (\\d[\\w.]*)");

    /**
     * @param program       {@code jackhmmer}, or its absolute path
     * @param workDirectory where searches put their files while they run
     */
    public JackhmmerEngine(String program, SearchSettings settings, Path workDirectory) {
        super(program, settings, workDirectory);
    }

    @Override
    public EngineKind kind() {
        return EngineKind.JACKHMMER;
    }

    @Override
    List<Path> neededFiles(Database database) {
        return List.of(database.path());
    }

    @Override
    Alignment run(Run run) throws IOException, InterruptedException, SearchFailedException {
        String eValue = Double.toString(settings.eValueMax());
        call(
                run,
                List.of(
                        "-o",
                        "/dev/null",
                        "-A",
                        "alignment.sto",
                        "--noali",
                        "--F1",
                        "0.0005",
                        "--F2",
                        "0.00005",
                        "--F3",
                        "0.0000005",
                        "-E",
                        eValue,
                        "--incE",
                        eValue,
                        "--cpu",
                        Integer.toString(settings.threads()),
                        "-N",
                        Integer.toString(settings.iterations()),
                        run.queryFile().toString(),
                        run.database().location()));
        Path written = run.directory().resolve("alignment.sto");
        if (!Files.exists(written) || Files.size(written) == 0) {
            // It writes nothing when nothing was found.
            return Alignment.ofQuery(run.query());
        }
        try (InputStream in = Files.newInputStream(written)) {
            return read(in, AlignmentFormat.STOCKHOLM);
        }
    }

    @Override
    String version(Path directory) throws IOException, InterruptedException {
        return program.version(directory, VERSION, "-h");
    }
}
