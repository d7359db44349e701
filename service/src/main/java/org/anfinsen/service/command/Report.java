package org.anfinsen.service.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.service.file.ResultFileNames;

/** Says how one prediction ended: a line for people or a JSON object for programs. */
final class Report {

    private final NewPrediction prediction;
    private final Output output;

    Report(NewPrediction prediction, Output output) {
        this.prediction = prediction;
        this.output = output;
    }

    void note(String note) {
        output.note(line("note: " + note));
    }

    void skipped(ResultFolder folder, ResultFileNames names) {
        String structure = folder.path(names, "structure.pdb").toString();
        Map<String, Object> members = ranked(names);
        members.put("skipped", true);
        members.put("structure", structure);
        print("is there already: " + structure, "done", members);
    }

    void done(
            ResultFolder folder,
            ResultFileNames names,
            Map<String, Object> summary,
            List<String> files,
            double seconds) {
        Map<String, Object> members = ranked(names);
        members.put("seconds", Math.round(seconds * 1000) / 1000.0);
        members.put("notes", prediction.notes());
        members.put("result", summary);
        members.put(
                "files",
                files.stream().map(name -> folder.path(names, name).toString()).toList());
        Object plddt = summary.get("mean_plddt");
        String confidence = plddt instanceof Number number
                ? String.format(Locale.ROOT, "mean pLDDT %.1f, ", number.doubleValue())
                : "";
        String text =
                confidence + String.format(Locale.ROOT, "%.1f s: ", seconds) + folder.path(names, "structure.pdb");
        print(text, "done", members);
    }

    private static Map<String, Object> ranked(ResultFileNames names) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (names.rank() > 0) {
            members.put("rank", names.rank());
        }
        return members;
    }

    void failed(PredictionFailure failure) {
        print(
                "failed: " + failure.message() + " (" + failure.code() + ")",
                "failed",
                Map.of("failure", Map.of("code", failure.code(), "message", failure.message())));
    }

    private void print(String text, String state, Map<String, Object> members) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", prediction.sequence().name());
        object.put("state", state);
        object.put("length", prediction.sequence().length());
        object.put("model", prediction.options().model());
        object.put("recycles", prediction.options().recycles());
        object.put("seed", prediction.options().seed());
        object.putAll(members);
        output.print(line(text), object);
    }

    private String line(String text) {
        return prediction.sequence().name() + ": " + text;
    }
}
