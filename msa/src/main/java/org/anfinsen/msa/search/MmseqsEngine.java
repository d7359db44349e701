package org.anfinsen.msa.search;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;

/** MMseqs2 on this machine: {@code createdb}, {@code search}, {@code result2msa}. */
public final class MmseqsEngine extends ProgramEngine {

    private static final Pattern VERSION = Pattern.compile("(\\S+)");
    private static final String SENSITIVITY = "5.7";
    private static final String A3M = "5";

    /**
     * @param program       {@code mmseqs}, or its absolute path
     * @param workDirectory where searches put their files while they run
     */
    public MmseqsEngine(String program, SearchSettings settings, Path workDirectory) {
        super(program, settings, workDirectory);
    }

    @Override
    public EngineKind kind() {
        return EngineKind.MMSEQS2;
    }

    @Override
    List<Path> neededFiles(Database database) {
        return List.of(Path.of(database.location() + ".dbtype"), Path.of(database.location() + ".index"));
    }

    @Override
    Alignment run(Run run) throws IOException, InterruptedException, SearchFailedException {
        String threads = Integer.toString(settings.threads());
        call(run, List.of("createdb", run.queryFile().toString(), "query", "-v", "1"));
        call(
                run,
                List.of(
                        "search",
                        "query",
                        run.database().location(),
                        "result",
                        "temporary",
                        "--num-iterations",
                        Integer.toString(settings.iterations()),
                        "-e",
                        Double.toString(settings.eValueMax()),
                        "-s",
                        SENSITIVITY,
                        "--max-seqs",
                        Integer.toString(settings.rowsMax()),
                        "-a",
                        "1",
                        "--threads",
                        threads,
                        "-v",
                        "2"));
        call(
                run,
                List.of(
                        "result2msa",
                        "query",
                        run.database().location(),
                        "result",
                        "alignment",
                        "--msa-format-mode",
                        A3M,
                        "--threads",
                        "1",
                        "-v",
                        "2"));
        try (InputStream in =
                new WithoutNul(Files.newInputStream(run.directory().resolve("alignment")))) {
            return read(in, AlignmentFormat.A3M);
        }
    }

    @Override
    String version(Path directory) throws IOException, InterruptedException {
        return program.version(directory, VERSION, "version");
    }

    /** MMseqs2 ends each entry of its files with a NUL byte; there is one entry, and it is read up to that byte. */
    private static final class WithoutNul extends FilterInputStream {
        private boolean ended;

        WithoutNul(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = ended ? -1 : super.read(buffer, offset, length);
            for (int i = 0; i < count; i++) {
                if (buffer[offset + i] == 0) {
                    ended = true;
                    return i == 0 ? -1 : i;
                }
            }
            return count;
        }
    }
}
