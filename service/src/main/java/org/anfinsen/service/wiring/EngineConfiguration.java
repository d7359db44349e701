package org.anfinsen.service.wiring;

import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.isolation.IsolatedEngine;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.anfinsen.service.settings.SoftwareVersion;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What predicts. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** Unless the service is started with another one. */
    @Bean
    @ConditionalOnMissingBean
    Engine engine(PlaceSettings places, PredictionSettings settings, SearchingSettings searching) {
        String version = SoftwareVersion.current();
        return settings.isolated()
                ? IsolatedEngine.open(places, settings, searching, version)
                : ModelEngine.open(places, settings, searching, version);
    }

    @Bean
    DatabaseSearch databaseSearch(Engine engine) {
        return engine.databases();
    }

    @Bean
    TemplateSearch templateSearch(Engine engine) {
        return engine.templates();
    }

    @Bean
    ModelCatalog modelCatalog(Engine engine) {
        return engine.catalog();
    }
}
