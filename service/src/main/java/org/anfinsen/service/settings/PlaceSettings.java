package org.anfinsen.service.settings;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where things are on disk: {@code anfinsen.*-directory}.
 *
 * @param dataDirectory   the service's own PostgreSQL and derived graphs; kept between runs
 * @param modelsDirectory model packages, read only
 */
@ConfigurationProperties("anfinsen")
public record PlaceSettings(
        @DefaultValue("data") Path dataDirectory,
        @DefaultValue("models") Path modelsDirectory) {}
