package org.anfinsen.service.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where things are on disk: {@code anfinsen.*-directory}.
 *
 * @param dataDirectory   the service's own PostgreSQL, names of databases, derived graphs; kept between runs
 * @param modelsDirectory model packages, read only
 * @param graphsDirectory derived graphs, if they are not to be in the data directory
 */
@ConfigurationProperties("anfinsen")
public record PlaceSettings(
        @DefaultValue("data") Path dataDirectory,
        @DefaultValue("models") Path modelsDirectory,
        @Nullable Path graphsDirectory) {

    @ConstructorBinding
    public PlaceSettings {}

    /** Derived graphs in the data directory. */
    public PlaceSettings(Path dataDirectory, Path modelsDirectory) {
        this(dataDirectory, modelsDirectory, null);
    }

    /** Where derived graphs are kept. */
    public Path graphs() {
        return Objects.requireNonNullElse(graphsDirectory, dataDirectory.resolve("graphs"));
    }
}
