package org.anfinsen.service.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;

class MetricsIT extends ServiceTest {

    @Test
    void tellsPrometheusOfJobsStagesResiduesAndModels() {
        String sequence = freshSequence(40);
        http.await(http.submit("measured", sequence), "done");
        http.await(http.submit("measured-again", sequence), "done");
        CountDownLatch hold = engine.predictor().hold("held-for-metrics");
        String held = http.submit("held-for-metrics", freshSequence(30));
        http.await(held, "predicting");

        String metrics = http.get("/actuator/prometheus").text();
        hold.countDown();
        http.await(held, "done");

        assertThat(metrics)
                .contains("anfinsen_jobs{")
                .contains("anfinsen_stage_seconds_count{error=\"none\",stage=\"predicting\"}")
                .contains("anfinsen_stage_seconds_bucket{")
                .contains("anfinsen_network_pass_seconds_count{")
                .contains("anfinsen_predicted_residues_total{")
                .contains("anfinsen_submitted_predictions_total{reused=\"true\"}")
                .contains("anfinsen_submitted_predictions_total{reused=\"false\"}")
                .contains("anfinsen_models_loaded 1.0")
                .contains("anfinsen_models_borrowed_total{warm=\"true\"} 2.0")
                .contains("anfinsen_event_streams ")
                .containsPattern("anfinsen_prediction_seconds_count\\{.*outcome=\"done\".*} ")
                .contains("anfinsen_prediction_active_seconds_bucket{model=\"anfinsen-1\"")
                .contains("http_server_requests_seconds_bucket{");
    }

    @Test
    void isReadyWhenTheDatabaseAnswersAndTheModelCanBeLoaded() {
        assertThat(http.get("/actuator/health/readiness").text()).contains("\"db\"", "\"model\"", "\"UP\"");
        assertThat(http.get("/actuator/health/liveness").text()).contains("\"UP\"");
    }
}
