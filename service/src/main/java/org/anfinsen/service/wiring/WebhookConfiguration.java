package org.anfinsen.service.wiring;

import javax.sql.DataSource;
import org.anfinsen.db.webhook.Webhooks;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.settings.WebhookSettings;
import org.anfinsen.service.webhook.WebhookDispatcher;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Messages about work that has ended. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    /** After the benchmarks' store, which is there when the tables are. */
    @Bean
    WebhookDispatcher webhookDispatcher(
            DataSource dataSource, Benchmarks benchmarks, BenchmarkStore benchmarkStore, WebhookSettings settings) {
        return new WebhookDispatcher(new Webhooks(dataSource), benchmarks, benchmarkStore, settings);
    }

    /** Only where the service runs: workers and commands have no reason to reach the addresses of users. */
    @Bean
    @ConditionalOnWebApplication
    ApplicationListener<ApplicationReadyEvent> webhookStarter(WebhookDispatcher dispatcher) {
        return event -> dispatcher.start();
    }
}
