package org.anfinsen.service.wiring;

import java.time.Duration;
import javax.sql.DataSource;
import org.anfinsen.db.JdbcPredictionStore;
import org.anfinsen.db.PostgresSignals;
import org.anfinsen.db.Schema;
import org.anfinsen.db.StoreSettings;
import org.anfinsen.db.embedded.EmbeddedPostgres;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PlaceSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The store: in the PostgreSQL that the settings name, else in one of our own. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int ATTEMPTS_MAX = 3;
    private static final Duration IDEMPOTENCY_RETENTION = Duration.ofDays(1);

    @Bean
    JdbcPredictionStore predictionStore(DataSource dataSource, LimitSettings limits) {
        Schema.migrate(dataSource);
        return new JdbcPredictionStore(
                dataSource, new StoreSettings(limits.maxQueuedJobs(), ATTEMPTS_MAX, IDEMPOTENCY_RETENTION));
    }

    /** After the store, which makes the tables. */
    @Bean
    PostgresSignals predictionSignals(DataSource dataSource, JdbcPredictionStore store) {
        return new PostgresSignals(dataSource);
    }

    /** Present where no database is configured. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(NoDatabaseConfigured.class)
    static class OwnDatabase {

        @Bean
        EmbeddedPostgres embeddedPostgres(PlaceSettings places) {
            return EmbeddedPostgres.start(
                    places.dataDirectory().resolve("postgresql"), EmbeddedPostgres.Settings.DEFAULT);
        }

        @Bean
        JdbcConnectionDetails connectionDetails(EmbeddedPostgres postgres) {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return EmbeddedPostgres.USER;
                }

                @Override
                public String getPassword() {
                    return postgres.password();
                }

                @Override
                public String getJdbcUrl() {
                    return postgres.jdbcUrl();
                }
            };
        }
    }

    static final class NoDatabaseConfigured extends NoneNestedConditions {

        NoDatabaseConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class DatabaseConfigured {}
    }
}
