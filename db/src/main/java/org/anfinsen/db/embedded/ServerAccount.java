package org.anfinsen.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under whose name PostgreSQL runs. It refuses to run as root; so a service that runs as root starts it in a user
 * namespace of its own, where the files still belong to it, or, where a container forbids that, as the user nobody.
 */
enum ServerAccount {
    /** The service's own user. */
    SAME,
    /** Root, unmapped in a new user namespace. */
    USER_NAMESPACE,
    /** The user nobody, who is given the files. */
    NOBODY;

    private static final int NOBODY_ID = 65534;

    /**
     * The account that works here.
     *
     * @throws EmbeddedPostgresException if the service runs as root and none does
     */
    static ServerAccount detect() {
        if (!isRoot()) {
            return SAME;
        }
        for (ServerAccount account : List.of(USER_NAMESPACE, NOBODY)) {
            if (account.works()) {
                return account;
            }
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and this system lets root neither make a user"
                        + " namespace nor become nobody: run the service as another user, or set spring.datasource.url");
    }

    /** Words to put before a command. */
    List<String> prefix() {
        return switch (this) {
            case SAME -> List.of();
            case USER_NAMESPACE -> List.of("unshare", "--user");
            case NOBODY -> List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        };
    }

    /** Gives the account what it must own. */
    void own(Path directory) throws IOException {
        if (this != NOBODY) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private boolean works() {
        try {
            return new Command(this, List.of("true")).run(Duration.ofSeconds(5)).succeeded();
        } catch (EmbeddedPostgresException e) {
            return false; // The program is not installed; the caller says so if no other account works.
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot tell which user runs the service", e);
        }
    }
}
