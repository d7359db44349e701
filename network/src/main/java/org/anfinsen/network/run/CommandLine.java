package org.anfinsen.network.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The command line of this process. ONNX Runtime 1.29 ends the process with a segmentation fault when it starts in one whose
 * command line has more than some 3,900 bytes, as of {@code predict} with a hundred files; nothing can be caught then.
 */
final class CommandLine {
    /** Bytes that are sure to do no harm. */
    static final int BYTES_MAX = 3500;

    /** Where Linux shows it; other systems have no such file. */
    static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

    private CommandLine() {}

    /**
     * Refuses a command line that is too long.
     *
     * @param file the arguments, each ended by a zero byte
     * @throws NetworkException with its length and the limit
     */
    static void requireShort(Path file) {
        int bytes;
        try {
            bytes = Files.isReadable(file) ? Files.readAllBytes(file).length : 0;
        } catch (IOException e) {
            throw new NetworkException("cannot read " + file, e);
        }
        if (bytes > BYTES_MAX) {
            throw new NetworkException("the command line has " + bytes + " bytes, limit " + BYTES_MAX
                    + ": ONNX Runtime would end the process. Write the arguments into a file and give @FILE,"
                    + " or run it in parts");
        }
    }
}
