package org.anfinsen.pipeline.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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
        th{position:sticky;top:0;background:#f4f4f4}td:first-child,th:first-child{text-align:left}
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
        out.write("<p>Model " + escaped(benchmark.settings().model()) + ", "
                + benchmark.settings().recycles() + " recycles, "
                + benchmark.settings().models() + " model(s) a target, best pLDDT first. Accepted "
                + benchmark.accepted() + ".</p>\n");
        out.write("<p>Tables: <a href=\"scores.csv\">scores.csv</a>, <a href=\"targets.csv\">targets.csv</a>, "
                + "<a href=\"calibration.csv\">calibration.csv</a>, <a href=\"peers.csv\">peers.csv</a>, all as "
                + "<a href=\"report.json\">report.json</a>. Each target's folder holds models, natives, contacts and "
                + "alignment; <code>anfinsen compare targets/T/model_1.pdb targets/T/natives/D.pdb</code> "
                + "gives a row's scores again.</p>\n");
    }

    void summary(int targets, List<BenchmarkTarget> failed, List<ScoreRow> rows, PeerTable peers) throws IOException {
        out.write("<h2>Summary</h2><p>" + targets + " targets, " + failed.size() + " failed, " + rows.size()
                + " domains scored.</p>\n");
        if (!rows.isEmpty()) {
            out.write("<table><tr><th>Mean over domains</th><th>TM-score</th><th>GDT_TS</th><th>GDT_HA</th>"
                    + "<th>lDDT</th><th>pLDDT</th></tr><tr><td>This benchmark</td>");
            cell("%.3f", mean(rows, row -> row.scores().tmScore()));
            cell("%.3f", mean(rows, row -> row.scores().gdtTs()));
            cell("%.3f", mean(rows, row -> row.scores().gdtHa()));
            cell("%.3f", mean(rows, row -> row.scores().lddt()));
            cell("%.1f", mean(rows, row -> row.scores().meanPlddt()));
            out.write("</tr></table>\n");
        }
        if (!peers.byMethod().isEmpty()) {
            out.write("<h2>Other methods</h2><table><tr><th>Method</th><th>Domains in common</th>"
                    + "<th>Its mean TM-score</th><th>Ours on the same</th><th>Ours is better on</th></tr>\n");
            for (Map.Entry<String, List<PeerTable.Pair>> method :
                    peers.byMethod().entrySet()) {
                List<PeerTable.Pair> pairs = method.getValue();
                out.write("<tr><td>" + escaped(method.getKey()) + "</td><td>" + pairs.size() + "</td>");
                cell("%.3f", mean(pairs, pair -> pair.peer().tmScore()));
                cell("%.3f", mean(pairs, pair -> pair.row().scores().tmScore()));
                long better = pairs.stream()
                        .filter(pair ->
                                pair.row().scores().tmScore() > pair.peer().tmScore())
                        .count();
                out.write("<td>" + better + "</td></tr>\n");
            }
            out.write("</table>\n");
        }
    }

    /** A heading and pictures below it. */
    void pictures(String heading, Map<String, Plot> plots, boolean vector) throws IOException {
        out.write("<h2>" + heading + "</h2>\n");
        for (Map.Entry<String, Plot> plot : plots.entrySet()) {
            String type = vector ? "image/svg+xml" : "image/png";
            byte[] picture = vector ? plot.getValue().svg() : plot.getValue().png();
            out.write("<img width=\"400\" alt=\"" + escaped(plot.getKey()) + "\" src=\"data:" + type + ";base64,"
                    + Base64.getEncoder().encodeToString(picture) + "\">\n");
        }
    }

    void scores(List<ScoreRow> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        out.write("<h2>Scores</h2><div class=\"wide\"><table><tr>");
        for (String name : rows.getFirst().columns().keySet()) {
            out.write("<th>" + name.replace('_', ' ') + "</th>");
        }
        out.write("</tr>\n");
        for (ScoreRow row : rows) {
            out.write("<tr>");
            for (Map.Entry<String, @Nullable Object> column : row.columns().entrySet()) {
                String text = column.getValue() == null ? "" : escaped(String.valueOf(column.getValue()));
                boolean link = column.getKey().equals("domain");
                out.write("<td>" + (link ? "<a href=\"targets/" + escaped(row.target()) + "/\">" + text + "</a>" : text)
                        + "</td>");
            }
            out.write("</tr>\n");
        }
        out.write("</table></div>\n");
    }

    void failures(List<BenchmarkTarget> failed) throws IOException {
        if (failed.isEmpty()) {
            return;
        }
        out.write("<h2>Failed targets</h2><table><tr><th>Target</th><th>Stage</th><th>Why</th></tr>\n");
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

    private void cell(String format, double value) throws IOException {
        out.write("<td>" + String.format(Locale.ROOT, format, value) + "</td>");
    }

    static <T> double mean(List<T> values, ToDoubleFunction<T> value) {
        return values.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
