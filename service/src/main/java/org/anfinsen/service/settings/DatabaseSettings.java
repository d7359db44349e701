package org.anfinsen.service.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database for commands that run without Spring: {@code spring.datasource.*}.
 *
 * @param url null for the service's own PostgreSQL
 */
public record DatabaseSettings(
        @Nullable String url,
        @DefaultValue("anfinsen") String username,
        @DefaultValue("") String password) {}
