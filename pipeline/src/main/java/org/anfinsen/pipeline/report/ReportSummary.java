package org.anfinsen.pipeline.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.anfinsen.pipeline.benchmark.DomainScores.ContactPrecisions;
import org.jspecify.annotations.Nullable;

/** The small tables at the head of the page: means, the baseline without a network, and other methods. */
final class ReportSummary {

    private static final String ROW = "<tr><td>";
    private static final String END = "</tr>\n";

    private ReportSummary() {}

    /** Means and medians over all domains. */
    static String scores(List<ScoreRow> rows) {
        return "<table><tr><th>Over " + rows.size() + " domains</th><th>TM-score</th><th>GDT_TS</th><th>GDT_HA</th>"
                + "<th>lDDT</th><th>RMSD (Å)</th><th>pLDDT</th></tr>\n"
                + scoreLine("Mean", rows, ReportSummary::mean)
                + scoreLine("Median", rows, ReportSummary::median)
                + "</table>\n";
    }

    private static String scoreLine(String name, List<ScoreRow> rows, ToDoubleFunction<double[]> of) {
        return ROW + name + "</td>"
                + cell("%.3f", of, rows, row -> row.scores().tmScore())
                + cell("%.3f", of, rows, row -> row.scores().gdtTs())
                + cell("%.3f", of, rows, row -> row.scores().gdtHa())
                + cell("%.3f", of, rows, row -> row.scores().lddt())
                + cell("%.1f", of, rows, row -> row.scores().rmsd())
                + cell("%.1f", of, rows, row -> row.scores().meanPlddt())
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
        return "<table><tr><th>Precision of long-range contacts, " + both.size()
                + " domains with an alignment</th><th>L/5</th><th>L/2</th><th>L</th></tr>\n"
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
