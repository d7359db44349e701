package org.anfinsen.service.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import tools.jackson.databind.json.JsonMapper;

/** Says how one prediction ended: a line for people or a JSON object for programs. */
final class Report {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final NewPrediction prediction;
    private final PrintWriter out;
    private final boolean json;

    Report(NewPrediction prediction, PrintWriter out, boolean json) {
        this.prediction = prediction;
        this.out = out;
        this.json = json;
    }

    void note(String note) {
        if (!json) {
            line("note: " + note);
        }
    }

    void skipped(ResultFolder folder) {
        String structure = folder.path(prediction, "structure.pdb").toString();
        if (json) {
            object("done", Map.of("skipped", true, "structure", structure));
        } else {
            line("is there already: " + structure);
        }
    }

    void done(ResultFolder folder, Map<String, Object> summary, List<Artifact> files, double seconds) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("seconds", Math.round(seconds * 1000) / 1000.0);
            members.put("notes", prediction.notes());
            members.put("result", summary);
            members.put("files", paths(folder, files));
            object("done", members);
            return;
        }
        Object plddt = summary.get("mean_plddt");
        String confidence = plddt instanceof Number number
                ? String.format(Locale.ROOT, "mean pLDDT %.1f, ", number.doubleValue())
                : "";
        line(confidence + String.format(Locale.ROOT, "%.1f s: ", seconds) + folder.path(prediction, "structure.pdb"));
    }

    private List<String> paths(ResultFolder folder, List<Artifact> files) {
        return files.stream()
                .map(Artifact::name)
                .map(name -> folder.path(prediction, name).toString())
                .toList();
    }

    void failed(PredictionFailure failure) {
        if (json) {
            object("failed", Map.of("failure", Map.of("code", failure.code(), "message", failure.message())));
        } else {
            line("failed: " + failure.message() + " (" + failure.code() + ")");
        }
    }

    private void line(String text) {
        out.println(prediction.sequence().name() + ": " + text);
        out.flush();
    }

    private void object(String state, Map<String, Object> members) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", prediction.sequence().name());
        object.put("state", state);
        object.put("length", prediction.sequence().length());
        object.put("model", prediction.options().model());
        object.put("recycles", prediction.options().recycles());
        object.put("seed", prediction.options().seed());
        object.putAll(members);
        out.println(JSON.writeValueAsString(object));
        out.flush();
    }
}
