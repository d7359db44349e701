package org.anfinsen.service.engine;

import java.util.Map;
import org.anfinsen.pipeline.job.Predictor;

/** What predicts in this process. Holds native memory until it is closed. */
public interface Engine extends AutoCloseable {

    Predictor predictor();

    ModelCatalog catalog();

    /** What it runs on, for people: engine, provider, versions. */
    Map<String, Object> details();

    @Override
    void close();
}
