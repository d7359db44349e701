package org.anfinsen.pipeline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.DomainScores.CalibrationBin;
import org.anfinsen.pipeline.benchmark.NativeDomain;
import org.anfinsen.pipeline.benchmark.RankedPrediction;
import org.anfinsen.pipeline.benchmark.TargetState;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.plot.Plot;
import org.anfinsen.structure.file.StructureFormatException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the report of a benchmark into a folder. Targets are read in pages and their files one target at a time, so that
 * only the scores of all are in memory.
 */
public final class BenchmarkReport {

    private static final int PAGE = 200;
    private static final int PICTURES = 5;
    private static final int VECTOR_MAX = 2000;

    private final BenchmarkStore store;
    private final PredictionStore predictions;
    private final TargetFiles files;

    public BenchmarkReport(BenchmarkStore store, PredictionStore predictions) {
        this.store = store;
        this.predictions = predictions;
        this.files = new TargetFiles(store, predictions);
    }

    /** What the targets came to. */
    private record Found(int targets, double seconds, List<BenchmarkTarget> failed, List<ScoreRow> rows) {}

    /**
     * Writes all files, over those of an earlier report.
     *
     * @param folder is made if it does not exist
     */
    public void write(UUID benchmark, Path folder) {
        Benchmark described = store.find(benchmark).orElseThrow();
        try {
            Files.createDirectories(folder);
            Found found = targets(benchmark, folder);
            PeerTable peers = PeerTable.of(found.rows, described.settings().peers());
            Map<String, Plot> charts =
                    ReportCharts.of(found.rows, described.settings().peers());
            boolean vector = found.rows.size() <= VECTOR_MAX;
            save(charts, Files.createDirectories(folder.resolve("charts")));
            writeScores(found.rows, folder.resolve("scores.csv"));
            writeCalibration(found.rows, folder.resolve("calibration.csv"));
            writePeers(peers, folder.resolve("peers.csv"));
            writeJson(described, found, folder.resolve("report.json"));
            try (Writer out = Files.newBufferedWriter(folder.resolve("index.html"))) {
                ReportPage page = new ReportPage(out);
                page.begin(described);
                page.section("summary", "Summary", summary(found, peers));
                page.pictures("distributions", "Distributions", charts, vector);
                Map<String, Plot> best = extremes(benchmark, found.rows, true);
                Map<String, Plot> worst = extremes(benchmark, found.rows, false);
                save(best, folder.resolve("charts"));
                save(worst, folder.resolve("charts"));
                page.pictures("best", "Best by TM-score: native grey, model blue", best, true);
                page.pictures("worst", "Worst by TM-score", worst, true);
                page.failures(found.failed);
                page.scores(found.rows);
                page.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String summary(Found found, PeerTable peers) {
        String counts = "<p>" + Counted.of(found.targets, "target") + ", " + found.failed.size() + " failed, "
                + Counted.of(found.rows.size(), "domain") + " scored. Predicting took "
                + String.format(Locale.ROOT, "%.0f", found.seconds)
                + " s in all, without what had been predicted before.</p>\n";
        return found.rows.isEmpty()
                ? counts
                : counts
                        + ReportSummary.scores(found.rows)
                        + ReportSummary.contacts(found.rows)
                        + (peers.byMethod().isEmpty() ? "" : ReportSummary.peers(peers));
    }

    private Found targets(UUID benchmark, Path folder) throws IOException {
        List<ScoreRow> rows = new ArrayList<>();
        List<BenchmarkTarget> failed = new ArrayList<>();
        int count = 0;
        double seconds = 0;
        try (Writer csv = Files.newBufferedWriter(folder.resolve("targets.csv"))) {
            csv.write("target,length,state,alignment_rows,neff,models,mean_plddt,seconds,jobs,failed_stage,failure\n");
            String last = null;
            List<BenchmarkTarget> page = store.targets(benchmark, null, PAGE);
            while (!page.isEmpty()) {
                for (BenchmarkTarget target : page) {
                    csv.write(line(target));
                    rows.addAll(ScoreRow.of(target));
                    if (target.state() == TargetState.FAILED) {
                        failed.add(target);
                    } else {
                        files.write(
                                benchmark,
                                target.name(),
                                folder.resolve("targets").resolve(target.name()));
                    }
                    last = target.name();
                    seconds += seconds(target);
                    count++;
                }
                page = store.targets(benchmark, last, PAGE);
            }
        }
        rows.sort(Comparator.comparing(row -> row.scores().domain()));
        return new Found(count, seconds, failed, rows);
    }

    private static double seconds(BenchmarkTarget target) {
        return target.predictions().stream()
                .mapToDouble(RankedPrediction::seconds)
                .sum();
    }

    private static String line(BenchmarkTarget target) {
        List<RankedPrediction> ranked = target.predictions();
        List<@Nullable Object> fields = Arrays.asList(
                target.name(),
                target.residues().length(),
                target.state().spelling(),
                target.alignment() == null ? null : target.alignment().rows(),
                target.alignment() == null
                        ? null
                        : Math.round(10 * target.alignment().neff()) / 10.0,
                ranked.size(),
                ranked.isEmpty() ? null : ranked.getFirst().meanPlddt(),
                seconds(target),
                String.join(
                        " ", ranked.stream().map(each -> each.job().toString()).toList()),
                target.failedStage(),
                target.failure());
        return Csv.line(fields);
    }

    private static void writeScores(List<ScoreRow> rows, Path file) throws IOException {
        try (Writer csv = Files.newBufferedWriter(file)) {
            if (!rows.isEmpty()) {
                csv.write(Csv.line(rows.getFirst().columns().keySet()));
            }
            for (ScoreRow row : rows) {
                csv.write(Csv.line(row.columns().values()));
            }
        }
    }

    private static void writeCalibration(List<ScoreRow> rows, Path file) throws IOException {
        try (Writer csv = Files.newBufferedWriter(file)) {
            csv.write("plddt_from,plddt_to,residues,mean_plddt,mean_lddt\n");
            List<CalibrationBin> bins = ReportCharts.bins(rows);
            for (int bin = 0; bin < bins.size(); bin++) {
                CalibrationBin each = bins.get(bin);
                boolean empty = each.count() == 0;
                List<@Nullable Object> fields = Arrays.asList(
                        10 * bin,
                        10 * (bin + 1),
                        each.count(),
                        empty ? null : each.plddtSum() / each.count(),
                        empty ? null : each.lddtSum() / each.count());
                csv.write(Csv.line(fields));
            }
        }
    }

    private static void writePeers(PeerTable peers, Path file) throws IOException {
        try (Writer csv = Files.newBufferedWriter(file)) {
            csv.write("method,domain,its_tm_score,our_tm_score,its_gdt_ts,our_gdt_ts\n");
            for (List<PeerTable.Pair> pairs : peers.byMethod().values()) {
                for (PeerTable.Pair pair : pairs) {
                    List<@Nullable Object> fields = Arrays.asList(
                            pair.peer().method(),
                            pair.peer().domain(),
                            pair.peer().tmScore(),
                            pair.row().scores().tmScore(),
                            pair.peer().gdtTs(),
                            pair.row().scores().gdtTs());
                    csv.write(Csv.line(fields));
                }
            }
        }
    }

    private static void writeJson(Benchmark benchmark, Found found, Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", benchmark.id());
        json.put("name", benchmark.name());
        json.put("networks", benchmark.settings().networks());
        json.put("seeds", benchmark.settings().seeds());
        json.put("targets", found.targets);
        json.put("seconds", found.seconds);
        json.put(
                "failed",
                found.failed.stream()
                        .map(target -> Map.of(
                                "target", target.name(),
                                "stage", String.valueOf(target.failedStage()),
                                "failure", String.valueOf(target.failure())))
                        .toList());
        if (!found.rows.isEmpty()) {
            json.put("summary", ReportSummary.figures(found.rows));
        }
        json.put("scores", found.rows.stream().map(ScoreRow::columns).toList());
        json.put("calibration", ReportCharts.bins(found.rows));
        Files.write(file, JsonMapper.builder().build().writeValueAsBytes(json));
    }

    private static void save(Map<String, Plot> charts, Path folder) throws IOException {
        for (Map.Entry<String, Plot> chart : charts.entrySet()) {
            Files.write(
                    folder.resolve(chart.getKey() + ".png"), chart.getValue().png());
        }
    }

    /** Pictures of the five domains at one end of the table. */
    private Map<String, Plot> extremes(UUID benchmark, List<ScoreRow> rows, boolean best) throws IOException {
        Comparator<ScoreRow> byScore =
                Comparator.comparingDouble(row -> row.scores().tmScore());
        Stream<ScoreRow> ends =
                rows.stream().sorted(best ? byScore.reversed() : byScore).limit(PICTURES);
        Map<String, Plot> pictures = new LinkedHashMap<>();
        for (ScoreRow row : ends.toList()) {
            BenchmarkTarget target = store.target(benchmark, row.target()).orElseThrow();
            NativeDomain domain = store.natives(benchmark, row.target()).stream()
                    .filter(each -> each.name().equals(row.scores().domain()))
                    .findFirst()
                    .orElseThrow();
            Artifact model = predictions
                    .artifact(target.predictions().getFirst().job(), "structure.pdb")
                    .orElseThrow();
            try {
                pictures.put("superposed-" + domain.name(), Superposed.draw(domain, model.content()));
            } catch (StructureFormatException e) {
                throw new IOException(e);
            }
        }
        return pictures;
    }
}
