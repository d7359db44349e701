package org.anfinsen.service.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service: {@code anfinsen.access.*}. On a loopback address it is open to everyone on this machine; on
 * any other address it asks for API keys, or tokens of the OpenID Connect provider that
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri} names.
 *
 * @param required          asks for keys or tokens on a loopback address too
 * @param allowedHosts      names by which an open service may be called besides {@code localhost} and loopback addresses,
 *                          such as the one that a proxy on this machine passes on
 * @param requestsPerMinute requests of one caller; a key may have its own limit
 * @param jobsPerDay        predictions that one caller may submit between two midnights (UTC); a key may have its own
 */
@ConfigurationProperties("anfinsen.access")
public record AccessSettings(
        @DefaultValue("false") boolean required,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue("600") int requestsPerMinute,
        @DefaultValue("1000") int jobsPerDay) {

    public AccessSettings {
        allowedHosts = List.copyOf(allowedHosts);
        if (requestsPerMinute < 1 || jobsPerDay < 1) {
            throw new IllegalArgumentException("anfinsen.access.requests-per-minute is " + requestsPerMinute
                    + " and jobs-per-day " + jobsPerDay + ", must be at least 1");
        }
    }
}
