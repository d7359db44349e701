package org.anfinsen.service.wiring;

import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.anfinsen.service.submission.RequestedDatabases;
import org.anfinsen.service.submission.SubmissionReader;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The service: everything that Spring runs. */
@SpringBootApplication(scanBasePackages = "org.anfinsen.service", proxyBeanMethods = false)
@ConfigurationPropertiesScan("org.anfinsen.service.settings")
public class ServiceApplication {

    @Bean
    SubmissionReader submissionReader(
            LimitSettings limits,
            PredictionSettings defaults,
            ModelCatalog catalog,
            SearchingSettings searching,
            DatabaseSearch databases,
            TemplateSearch templates) {
        return new SubmissionReader(
                limits, defaults.model(), catalog, new RequestedDatabases(databases, searching.databases()), templates);
    }
}
