package org.anfinsen.service.command;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.anfinsen.db.Databases;
import org.anfinsen.db.embedded.EmbeddedPostgres;
import org.anfinsen.service.settings.DatabaseSettings;
import org.anfinsen.service.settings.PlaceSettings;

/** The database of the service, for commands that work on it whether the service runs or not. */
final class ServiceDatabase {

    private ServiceDatabase() {}

    /** Work on a database. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T on(DataSource database) throws E;
    }

    /** Works on the configured one, the running server of the data directory, or that server started for the moment. */
    static <T, E extends Exception> T use(PlaceSettings places, Work<T, E> work) throws E {
        DatabaseSettings settings = EngineOptions.settings("spring.datasource", DatabaseSettings.class);
        if (settings.url() != null) {
            return work.on(Databases.connect(settings.url(), settings.username(), settings.password()));
        }
        Path directory = places.dataDirectory().resolve("postgresql");
        Optional<EmbeddedPostgres.Running> running = EmbeddedPostgres.find(directory);
        if (running.isPresent()) {
            return work.on(Databases.connect(
                    running.get().jdbcUrl(),
                    EmbeddedPostgres.USER,
                    running.get().password()));
        }
        try (EmbeddedPostgres own = EmbeddedPostgres.start(directory, EmbeddedPostgres.Settings.DEFAULT)) {
            return work.on(Databases.connect(own.jdbcUrl(), EmbeddedPostgres.USER, own.password()));
        }
    }
}
