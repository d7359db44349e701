package org.anfinsen.db.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes sure that one process at a time uses a directory. The system lets go of the lock however the process ends. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws EmbeddedPostgresException if another process, or this one elsewhere, holds the directory
     */
    static DirectoryLock acquire(Path directory) {
        Path file = directory.resolve("lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, CREATE, WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new EmbeddedPostgresException("another running service uses the data directory " + directory
                        + "; stop it, or choose another directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot lock " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot unlock the data directory", e);
        }
    }
}
