package org.anfinsen.service.engine;

import java.util.Map;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.TemplateSearch;

/** What predicts in this process. Holds native memory until it is closed. */
public interface Engine extends AutoCloseable {

    Predictor predictor();

    ModelCatalog catalog();

    /** What alignments can be searched in. */
    DatabaseSearch databases();

    /** Where templates can be looked for. */
    TemplateSearch templates();

    /** What it runs on, for people: engine, provider, versions. */
    Map<String, Object> details();

    /** How the networks in memory have served so far. */
    WarmModels.Usage usage();

    @Override
    void close();
}
