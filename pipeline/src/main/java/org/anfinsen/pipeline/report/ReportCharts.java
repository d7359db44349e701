package org.anfinsen.pipeline.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.anfinsen.pipeline.benchmark.DomainScores.CalibrationBin;
import org.anfinsen.pipeline.benchmark.DomainScores.ContactPrecisions;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.pipeline.plot.BenchmarkPlots;
import org.anfinsen.pipeline.plot.Plot;

/** The charts of a report, by the names of their files. */
final class ReportCharts {

    private ReportCharts() {}

    static Map<String, Plot> of(List<ScoreRow> rows, List<PeerScore> peers) {
        Map<String, Plot> charts = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            return charts;
        }
        charts.put("tm-score", histogram("TM-score", rows, row -> row.scores().tmScore()));
        charts.put("gdt-ts", histogram("GDT_TS", rows, row -> row.scores().gdtTs()));
        charts.put("lddt", histogram("lDDT", rows, row -> row.scores().lddt()));
        charts.put(
                "tm-score-by-length",
                BenchmarkPlots.against(
                        "TM-score and length",
                        "Residues of the target",
                        "TM-score",
                        Map.of("domains", points(rows, ScoreRow::length))));
        List<ScoreRow> aligned =
                rows.stream().filter(row -> row.alignment() != null).toList();
        charts.put(
                "tm-score-by-depth",
                BenchmarkPlots.against(
                        "TM-score and alignment depth",
                        "log10 of Neff",
                        "TM-score",
                        Map.of(
                                "domains",
                                points(
                                        aligned,
                                        row -> Math.log10(Objects.requireNonNull(row.alignment())
                                                .neff())))));
        charts.put("calibration", calibration(rows));
        contacts(rows, charts);
        peers(rows, peers, charts);
        return charts;
    }

    private static Plot histogram(String label, List<ScoreRow> rows, ToDoubleFunction<ScoreRow> score) {
        return BenchmarkPlots.histogram(
                label + " of " + Counted.of(rows.size(), "domain"),
                label,
                rows.stream().mapToDouble(score).toArray());
    }

    private static double[][] points(List<ScoreRow> rows, ToDoubleFunction<ScoreRow> x) {
        return new double[][] {
            rows.stream().mapToDouble(x).toArray(),
            rows.stream().mapToDouble(row -> row.scores().tmScore()).toArray()
        };
    }

    private static Plot calibration(List<ScoreRow> rows) {
        List<CalibrationBin> bins =
                bins(rows).stream().filter(bin -> bin.count() > 0).toList();
        return BenchmarkPlots.calibration(
                bins.stream().mapToDouble(bin -> bin.plddtSum() / bin.count()).toArray(),
                bins.stream().mapToDouble(bin -> bin.lddtSum() / bin.count()).toArray());
    }

    /** The bins of all domains together. */
    static List<CalibrationBin> bins(List<ScoreRow> rows) {
        CalibrationBin[] sums = new CalibrationBin[CalibrationBin.BINS];
        for (int bin = 0; bin < sums.length; bin++) {
            int index = bin;
            sums[bin] = rows.stream()
                    .map(row -> row.scores().calibration().get(index))
                    .reduce(
                            new CalibrationBin(0, 0, 0),
                            (a, b) -> new CalibrationBin(
                                    a.count() + b.count(), a.plddtSum() + b.plddtSum(), a.lddtSum() + b.lddtSum()));
        }
        return List.of(sums);
    }

    private static void contacts(List<ScoreRow> rows, Map<String, Plot> charts) {
        List<ScoreRow> both = rows.stream()
                .filter(row -> {
                    ContactPrecisions dca = row.scores().dcaContacts();
                    return dca != null
                            && dca.fifth() != null
                            && row.scores().contacts().fifth() != null;
                })
                .toList();
        if (!both.isEmpty()) {
            double[][] points = {
                both.stream()
                        .mapToDouble(row -> Objects.requireNonNull(
                                Objects.requireNonNull(row.scores().dcaContacts())
                                        .fifth()))
                        .toArray(),
                both.stream()
                        .mapToDouble(row ->
                                Objects.requireNonNull(row.scores().contacts().fifth()))
                        .toArray()
            };
            charts.put(
                    "contacts",
                    BenchmarkPlots.versus(
                            "Precision of L/5 long-range contacts",
                            "Coevolution alone (APC)",
                            "Network",
                            Map.of("domains", points)));
        }
    }

    private static void peers(List<ScoreRow> rows, List<PeerScore> peers, Map<String, Plot> charts) {
        Map<String, double[][]> series = new TreeMap<>();
        PeerTable.of(rows, peers).byMethod().forEach((method, pairs) -> {
            double[][] points = new double[2][pairs.size()];
            for (int i = 0; i < pairs.size(); i++) {
                points[0][i] = pairs.get(i).peer().tmScore();
                points[1][i] = pairs.get(i).row().scores().tmScore();
            }
            series.put(method, points);
        });
        if (!series.isEmpty()) {
            charts.put(
                    "peers",
                    BenchmarkPlots.versus("TM-score beside other methods", "Other method", "This benchmark", series));
        }
    }
}
