package org.anfinsen.pipeline.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.plot.Plot;
import org.jspecify.annotations.Nullable;

/** The page: one file with its pictures in it, no scripts. */
final class ReportPage {

    private static final String STYLE = """
        body{font:14px/1.5 system-ui,sans-serif;max-width:1200px;margin:2em auto;padding:0 1em;color:#222}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:1em 0}
        th,td{padding:2px 8px;border-bottom:1px solid #ddd;text-align:right;white-space:nowrap}
        th{background:#f4f4f4;white-space:normal;vertical-align:bottom}td:first-child,th:first-child{text-align:left}
        .wide{overflow-x:auto}img{max-width:100%;margin:4px}.failed{color:#a00}
        """;

    private final Writer out;

    ReportPage(Writer out) {
        this.out = out;
    }

    void begin(Benchmark benchmark) throws IOException {
        String title = "Benchmark " + escaped(benchmark.name());
        out.write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title><style>"
                + STYLE + "</style></head><body>\n<h1>" + title + "</h1>\n");
        String networks = benchmark.settings().networks().stream()
                .map(network -> escaped(network.model()) + " with " + network.recycles() + " recycles")
                .collect(Collectors.joining(", "));
        out.write("<p>" + networks + ", " + benchmark.settings().seeds() + " seed(s) each, best pLDDT first. Accepted "
                + benchmark.accepted() + ".</p>\n");
        out.write("<p><a href=\"#summary\">Summary</a> · <a href=\"#distributions\">Distributions</a> · "
                + "<a href=\"#best\">Best</a> · <a href=\"#worst\">Worst</a> · <a href=\"#scores\">Scores</a></p>\n");
        out.write("<p>Tables: <a href=\"scores.csv\">scores.csv</a>, <a href=\"targets.csv\">targets.csv</a>, "
                + "<a href=\"calibration.csv\">calibration.csv</a>, <a href=\"peers.csv\">peers.csv</a>, all as "
                + "<a href=\"report.json\">report.json</a>. Each target's folder holds models, natives, contacts and "
                + "alignment; <code>anfinsen compare targets/T/model_1.pdb targets/T/natives/D.pdb</code> "
                + "gives a row's scores again.</p>\n");
    }

    /** A heading that can be linked to, and the text below it. */
    void section(String id, String heading, String html) throws IOException {
        out.write("<h2 id=\"" + id + "\">" + heading + "</h2>\n" + html);
    }

    /** A heading and pictures below it. */
    void pictures(String id, String heading, Map<String, Plot> plots, boolean vector) throws IOException {
        if (plots.isEmpty()) {
            return;
        }
        section(id, heading, "");
        for (Map.Entry<String, Plot> plot : plots.entrySet()) {
            String type = vector ? "image/svg+xml" : "image/png";
            byte[] picture = vector ? plot.getValue().svg() : plot.getValue().png();
            out.write("<img width=\"375\" alt=\"" + escaped(plot.getKey()) + "\" src=\"data:" + type + ";base64,"
                    + Base64.getEncoder().encodeToString(picture) + "\">\n");
        }
    }

    /** The whole table; each number that has a file of its own leads to it. */
    void scores(List<ScoreRow> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        section("scores", "Scores", "<div class=\"wide\"><table><tr>");
        for (String name : rows.getFirst().columns().keySet()) {
            out.write("<th>" + name.replace('_', ' ') + "</th>");
        }
        out.write("</tr>\n");
        for (ScoreRow row : rows) {
            out.write("<tr>");
            for (Map.Entry<String, @Nullable Object> column : row.columns().entrySet()) {
                String text = column.getValue() == null ? "" : escaped(String.valueOf(column.getValue()));
                String file = file(row, column.getKey());
                out.write("<td>"
                        + (file == null || text.isEmpty()
                                ? text
                                : "<a href=\"targets/" + escaped(row.target()) + "/" + escaped(file) + "\">" + text
                                        + "</a>")
                        + "</td>");
            }
            out.write("</tr>\n");
        }
        out.write("</table></div>\n");
    }

    /** Where a column's number comes from; null if from several files. */
    private static @Nullable String file(ScoreRow row, String column) {
        return switch (column) {
            case "domain" -> "natives/" + row.scores().domain() + ".pdb";
            case "target" -> "target.fasta";
            case "alignment_rows" -> row.alignment() != null && row.alignment().rows() > 1 ? "alignment.a3m" : null;
            case "tm_score" -> "model_1.pdb";
            case "mean_plddt" -> "scores_1.json";
            case "contacts_l" -> "contacts.rr";
            case "dca_contacts_l" -> "dca-contacts.rr";
            default -> null;
        };
    }

    void failures(List<BenchmarkTarget> failed) throws IOException {
        if (failed.isEmpty()) {
            return;
        }
        section("failed", "Failed targets", "");
        out.write("<table><tr><th>Target</th><th>Stage</th><th>Why</th></tr>\n");
        for (BenchmarkTarget target : failed) {
            out.write("<tr class=\"failed\"><td>" + escaped(target.name()) + "</td><td>"
                    + escaped(String.valueOf(target.failedStage())) + "</td><td>"
                    + escaped(String.valueOf(target.failure())) + "</td></tr>\n");
        }
        out.write("</table>\n");
    }

    void end() throws IOException {
        out.write("</body></html>\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
