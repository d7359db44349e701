package org.anfinsen.pipeline.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.benchmark.DomainScores.ContactPrecisions;
import org.jspecify.annotations.Nullable;

/** The small tables at the head of the page: means, the baseline without a network, and other methods. */
final class ReportSummary {

    private static final String ROW = "<tr><td>";
    private static final String END = "</tr>\n";

    private ReportSummary() {}

    /** A score of which the summary has the mean and the median. */
    private record Score(String name, String heading, int digits, ToDoubleFunction<ScoreRow> of) {}

    private static final List<Score> SCORES = List.of(
            new Score("tm_score", "TM-score", 3, row -> row.scores().tmScore()),
            new Score("gdt_ts", "GDT_TS", 3, row -> row.scores().gdtTs()),
            new Score("gdt_ha", "GDT_HA", 3, row -> row.scores().gdtHa()),
            new Score("lddt", "lDDT", 3, row -> row.scores().lddt()),
            new Score("rmsd", "RMSD (Å)", 1, row -> row.scores().rmsd()),
            new Score("mean_plddt", "pLDDT", 1, row -> row.scores().meanPlddt()));

    /** Means and medians over all domains, of which there is at least one, as the page shows them. */
    static Map<String, Object> figures(List<ScoreRow> rows) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("domains", rows.size());
        figures.put("mean", figures(rows, ReportSummary::mean));
        figures.put("median", figures(rows, ReportSummary::median));
        return figures;
    }

    private static Map<String, BigDecimal> figures(List<ScoreRow> rows, ToDoubleFunction<double[]> of) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (Score score : SCORES) {
            double value = of.applyAsDouble(rows.stream().mapToDouble(score.of).toArray());
            figures.put(score.name, BigDecimal.valueOf(value).setScale(score.digits, RoundingMode.HALF_UP));
        }
        return figures;
    }

    /** The same as a table. */
    static String scores(List<ScoreRow> rows) {
        String headings =
                SCORES.stream().map(score -> "<th>" + score.heading + "</th>").collect(Collectors.joining());
        return "<table><tr><th>Over " + Counted.of(rows.size(), "domain") + "</th>" + headings + END
                + scoreLine("Mean", figures(rows, ReportSummary::mean))
                + scoreLine("Median", figures(rows, ReportSummary::median))
                + "</table>\n";
    }

    private static String scoreLine(String name, Map<String, BigDecimal> figures) {
        return ROW + name + "</td>"
                + figures.values().stream()
                        .map(value -> "<td>" + value + "</td>")
                        .collect(Collectors.joining())
                + END;
    }

    /** What the network finds of long-range contacts beside coevolution alone, on the domains that have both; may be empty. */
    static String contacts(List<ScoreRow> rows) {
        List<ScoreRow> both = rows.stream()
                .filter(row -> complete(row.scores().contacts())
                        && complete(row.scores().dcaContacts()))
                .toList();
        if (both.isEmpty()) {
            return "";
        }
        return "<table><tr><th>Precision of long-range contacts, " + Counted.of(both.size(), "domain")
                + " with an alignment</th><th>L/5</th><th>L/2</th><th>L</th></tr>\n"
                + contactLine("Network", both, row -> row.scores().contacts())
                + contactLine(
                        "Baseline: coevolution with average product correction, no network",
                        both,
                        row -> Objects.requireNonNull(row.scores().dcaContacts()))
                + "</table>\n";
    }

    private static boolean complete(@Nullable ContactPrecisions precisions) {
        return precisions != null
                && precisions.fifth() != null
                && precisions.half() != null
                && precisions.full() != null;
    }

    private static String contactLine(String name, List<ScoreRow> rows, Function<ScoreRow, ContactPrecisions> which) {
        return ROW + name + "</td>"
                + cell(
                        "%.3f",
                        ReportSummary::mean,
                        rows,
                        row -> number(which.apply(row).fifth()))
                + cell(
                        "%.3f",
                        ReportSummary::mean,
                        rows,
                        row -> number(which.apply(row).half()))
                + cell(
                        "%.3f",
                        ReportSummary::mean,
                        rows,
                        row -> number(which.apply(row).full()))
                + END;
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** Each other method on the domains that both have. */
    static String peers(PeerTable peers) {
        StringBuilder html = new StringBuilder(
                "<h2>Other methods</h2>\n<table><tr><th>Method</th><th>Domains in common</th><th>Its mean TM-score</th>"
                        + "<th>Ours on the same</th><th>Its mean GDT_TS</th><th>Ours</th>"
                        + "<th>Our TM-score is higher on</th></tr>\n");
        for (Map.Entry<String, List<PeerTable.Pair>> method : peers.byMethod().entrySet()) {
            List<PeerTable.Pair> pairs = method.getValue();
            List<PeerTable.Pair> withGdt =
                    pairs.stream().filter(pair -> pair.peer().gdtTs() != null).toList();
            long better = pairs.stream()
                    .filter(pair -> pair.row().scores().tmScore() > pair.peer().tmScore())
                    .count();
            html.append(ROW)
                    .append(ReportPage.escaped(method.getKey()))
                    .append("</td><td>")
                    .append(pairs.size())
                    .append("</td>")
                    .append(cell(
                            "%.3f",
                            ReportSummary::mean, pairs, pair -> pair.peer().tmScore()))
                    .append(cell(
                            "%.3f",
                            ReportSummary::mean,
                            pairs,
                            pair -> pair.row().scores().tmScore()))
                    .append(cell(
                            "%.3f",
                            ReportSummary::mean,
                            withGdt,
                            pair -> number(pair.peer().gdtTs())))
                    .append(cell(
                            "%.3f",
                            ReportSummary::mean,
                            withGdt,
                            pair -> pair.row().scores().gdtTs()))
                    .append("<td>")
                    .append(better)
                    .append("</td>")
                    .append(END);
        }
        return html.append("</table>\n").toString();
    }

    private static <T> String cell(
            String format, ToDoubleFunction<double[]> of, List<T> rows, ToDoubleFunction<T> value) {
        double result = of.applyAsDouble(rows.stream().mapToDouble(value).toArray());
        return "<td>" + (Double.isNaN(result) ? "" : String.format(Locale.ROOT, format, result)) + "</td>";
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
