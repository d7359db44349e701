package org.anfinsen.service.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Messages to the addresses that come with submissions: {@code anfinsen.webhooks.*}.
 *
 * @param privateAddresses true lets messages go to private and loopback addresses, and unencrypted; for networks where
 *                         every caller may reach every machine
 * @param timeout          how long an address has for its answer
 * @param firstRetry       pause after the first try that fails; each further one is three times as long, 12 hours at most
 * @param tries            tries before a message is given up; with the defaults after about two days
 */
@ConfigurationProperties("anfinsen.webhooks")
public record WebhookSettings(
        @DefaultValue("false") boolean privateAddresses,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("5s") Duration firstRetry,
        @DefaultValue("12") int tries) {

    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(2);

    public WebhookSettings {
        if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException("anfinsen.webhooks.timeout is " + timeout + ", limit " + TIMEOUT_MAX);
        }
        if (!firstRetry.isPositive()) {
            throw new IllegalArgumentException("anfinsen.webhooks.first-retry is " + firstRetry + ", more than 0");
        }
        if (tries < 1) {
            throw new IllegalArgumentException("anfinsen.webhooks.tries is " + tries + ", at least 1");
        }
    }
}
