package org.anfinsen.service.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.anfinsen.service.submission.RequestedDatabases;
import org.anfinsen.service.submission.SubmissionReader;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command that predicts, and settings from the environment ({@code ANFINSEN_LIMITS_MAXRESIDUES}). */
final class EngineOptions {

    @Option(
            names = "--models-directory",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "Where the model packages are; models/ beside the program if not given")
    private @Nullable Path modelsDirectory;

    @Option(
            names = "--data-directory",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description =
                    "Where data is kept: data/ if not given; predict keeps derived graphs in the user's cache then")
    private @Nullable Path dataDirectory;

    PlaceSettings places() {
        PlaceSettings settings = settings("anfinsen", PlaceSettings.class);
        return new PlaceSettings(
                Objects.requireNonNullElse(dataDirectory, settings.dataDirectory()),
                Objects.requireNonNullElse(modelsDirectory, settings.modelsDirectory()),
                settings.graphsDirectory());
    }

    /** The same with derived graphs in the user's cache, unless another place is named for them or for all data. */
    PlaceSettings cachingPlaces() {
        PlaceSettings places = places();
        if (dataDirectory != null || places.graphsDirectory() != null) {
            return places;
        }
        Path cache = cache(System.getenv("XDG_CACHE_HOME"), Path.of(System.getProperty("user.home", ".")));
        return new PlaceSettings(places.dataDirectory(), places.modelsDirectory(), cache.resolve("graphs"));
    }

    /** Reads submissions to an engine, with the settings that a service would have. */
    static SubmissionReader reader(Engine engine) {
        return new SubmissionReader(
                settings("anfinsen.limits", LimitSettings.class),
                settings("anfinsen.prediction", PredictionSettings.class).model(),
                engine.catalog(),
                new RequestedDatabases(
                        engine.databases(),
                        settings("anfinsen.search", SearchingSettings.class).databases()),
                engine.templates());
    }

    /** Binds a settings record as Spring does, without starting Spring. */
    static <T> T settings(String prefix, Class<T> type) {
        StandardEnvironment environment = new StandardEnvironment();
        Path models = Path.of(System.getProperty("anfinsen.home", "."), "models");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "defaults",
                        Map.of("anfinsen.models-directory", models.normalize().toString())));
        return Binder.get(environment).bindOrCreate(prefix, type);
    }

    /**
     * What can be made anew, outside of the working directory: as the XDG Base Directory Specification has it, which takes
     * no notice of a relative path.
     *
     * @param cacheHome value of {@code XDG_CACHE_HOME}; null if it is not set
     */
    static Path cache(@Nullable String cacheHome, Path userHome) {
        Path caches =
                cacheHome != null && Path.of(cacheHome).isAbsolute() ? Path.of(cacheHome) : userHome.resolve(".cache");
        return caches.resolve("anfinsen");
    }
}
