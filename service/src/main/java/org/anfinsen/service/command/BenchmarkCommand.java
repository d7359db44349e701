package org.anfinsen.service.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.InvalidTargetsException;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.pipeline.benchmark.PeerScores;
import org.anfinsen.pipeline.benchmark.TargetFolder;
import org.anfinsen.pipeline.benchmark.TargetLimits;
import org.anfinsen.pipeline.benchmark.TargetState;
import org.anfinsen.pipeline.report.Counted;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.submission.RequestedNetworks;
import org.anfinsen.service.wiring.ServiceApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code anfinsen benchmark}: sets of targets, predicted and scored as one. */
@Command(
        name = "benchmark",
        description = "Predicts and scores sets of targets.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  anfinsen benchmark run casp/ -o report/ --max-length 200"})
final class BenchmarkCommand {

    /** {@code anfinsen benchmark run}. */
    @Command(
            name = "run",
            description =
                    "Predicts all targets of a folder or zip, scores those that have natives, and writes a report. Run"
                            + " again after whatever stopped it, it goes on where it was; nothing is predicted twice.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {
                "",
                "Targets: NAME.fasta, NAME.a3m (optional alignment), NAME.pdb or NAME-D1.pdb (optional natives, of the",
                "whole chain or of domains), domains.tsv (optional, NAME-D1 1-120,150-180), in one folder or in many.",
                "",
                "Example:",
                "  anfinsen benchmark run casp/ -o report/ --compare peer/scores.tsv --max-length 200"
            })
    static final class Run implements Callable<Integer> {

        private static final int PROGRESS_SECONDS = 2;
        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Parameters(paramLabel = "TARGETS", description = "A folder or a zip")
        private Path targets = Path.of("");

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FOLDER",
                required = true,
                description = "Where the report goes; one benchmark a folder")
        private Path output = Path.of("");

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Model packages, with commas between; see anfinsen model list")
        private @Nullable String model;

        @Option(names = "--recycles", paramLabel = "N", description = "How often the network's output is fed back")
        private @Nullable String recycles;

        @Option(
                names = "--models",
                paramLabel = "N",
                defaultValue = "1",
                description =
                        "Predictions of each target with each model, from seeds 0, 1, …, at most 5 in all, ranked by pLDDT")
        private int models = 1;

        @Option(names = "--max-length", paramLabel = "N", description = "Leave longer targets out")
        private int maxLength = Integer.MAX_VALUE;

        @Option(names = "--limit", paramLabel = "N", description = "Take only so many targets, the shortest")
        private int limit = Integer.MAX_VALUE;

        @Option(
                names = "--compare",
                paramLabel = "FILE",
                description = "Scores of other methods, TSV or CSV: method, domain, TM-score, GDT_TS")
        private List<Path> compare = new ArrayList<>();

        @Mixin
        private EngineOptions places = new EngineOptions();

        @Mixin
        private Output results = new Output();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            List<PeerScore> peers = new ArrayList<>();
            try {
                for (Path file : compare) {
                    peers.addAll(PeerScores.read(String.valueOf(file.getFileName()), Files.readString(file)));
                }
                if (Files.isDirectory(targets)) {
                    return run(targets, peers);
                }
                try (FileSystem zip = FileSystems.newFileSystem(targets)) {
                    return run(zip.getRootDirectories().iterator().next(), peers);
                }
            } catch (ProviderNotFoundException e) {
                throw new CommandFailedException(ExitCode.USAGE, targets + ": neither a folder nor a zip");
            } catch (InvalidTargetsException | IllegalArgumentException e) {
                throw new CommandFailedException(e);
            }
        }

        private int run(Path root, List<PeerScore> peers) throws IOException, InvalidTargetsException {
            TargetFolder folder = new TargetFolder(root, TargetLimits.DEFAULT.choosing(maxLength, limit));
            Files.createDirectories(output);
            PrintWriter err = spec.commandLine().getErr();
            err.println(folder.size() + " targets of " + folder.found());
            err.flush();
            try (ConfigurableApplicationContext context = start()) {
                BenchmarkSettings settings = settings(context, peers);
                Benchmarks benchmarks = context.getBean(Benchmarks.class);
                Benchmark benchmark = benchmarks.accept(
                        String.valueOf(targets.toAbsolutePath().normalize().getFileName()), output, folder, settings);
                BenchmarkStore store = context.getBean(BenchmarkStore.class);
                Optional<BatchStatus> status;
                Progress progress = new Progress(store, benchmark.id(), err);
                try {
                    status = benchmarks.run(benchmark.id());
                } finally {
                    progress.close();
                }
                return ended(benchmark, status, store.counts(benchmark.id()));
            }
        }

        private int ended(Benchmark benchmark, Optional<BatchStatus> status, Map<TargetState, Integer> counts)
                throws IOException {
            if (status.isEmpty()) {
                throw new CommandFailedException(ExitCode.SOFTWARE, "another process runs this benchmark");
            }
            if (status.get() != BatchStatus.COMPLETED) {
                throw new CommandFailedException(
                        ExitCode.SOFTWARE, "the benchmark " + status.get() + "; run the command again to go on");
            }
            String report = output.resolve("index.html").toString();
            JsonNode summary = summary();
            Map<String, Integer> targets = new LinkedHashMap<>();
            counts.forEach((state, count) -> targets.put(state.spelling(), count));
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", benchmark.id());
            members.put("name", benchmark.name());
            members.put("state", "done");
            members.put("targets", targets);
            if (!summary.isMissingNode()) {
                members.put("summary", summary);
            }
            members.put("report", report);
            results.print(
                    report + ": " + Counted.of(counts.getOrDefault(TargetState.SCORED, 0), "target") + ", "
                            + counts.getOrDefault(TargetState.FAILED, 0) + " failed" + means(summary),
                    members);
            return ExitCode.OK;
        }

        /** Means and medians as the report has them; missing if nothing has a native. */
        private JsonNode summary() throws IOException {
            return JSON.readTree(Files.readAllBytes(output.resolve("report.json")))
                    .path("summary");
        }

        private static String means(JsonNode summary) {
            JsonNode mean = summary.path("mean");
            return summary.isMissingNode()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; over %s mean TM-score %.3f, lDDT %.3f",
                            Counted.of(summary.path("domains").asInt(), "domain"),
                            mean.path("tm_score").asDouble(),
                            mean.path("lddt").asDouble());
        }

        private ConfigurableApplicationContext start() {
            PlaceSettings settings = places.places();
            SpringApplication application = new SpringApplication(ServiceApplication.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            return application.run(
                    "--anfinsen.data-directory=" + settings.dataDirectory(),
                    "--anfinsen.models-directory=" + settings.modelsDirectory(),
                    "--anfinsen.benchmark.resume=false",
                    "--logging.level.root=error",
                    "--logging.level.org.anfinsen=warn");
        }

        private BenchmarkSettings settings(ConfigurableApplicationContext context, List<PeerScore> peers) {
            List<InputError> errors = new ArrayList<>();
            BenchmarkSettings settings = new RequestedNetworks(model, recycles, Integer.toString(models))
                    .settings(
                            context.getBean(ModelCatalog.class).models(),
                            context.getBean(PredictionSettings.class).model(),
                            peers,
                            errors);
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        Problem.INVALID_OPTION, errors.getFirst().message(), errors);
            }
            return settings;
        }
    }

    /** Says how far the targets are whenever that has changed: a bar that moves on a terminal, lines elsewhere. */
    private static final class Progress implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        private final BenchmarkStore store;
        private final UUID benchmark;
        private final PrintWriter err;
        private final boolean bar = Terminal.isAttached();
        private final ScheduledFuture<?> telling;
        private String last = "";

        Progress(BenchmarkStore store, UUID benchmark, PrintWriter err) {
            this.store = store;
            this.benchmark = benchmark;
            this.err = err;
            this.telling = clock.scheduleWithFixedDelay(this::tell, 0, Run.PROGRESS_SECONDS, TimeUnit.SECONDS);
        }

        private void tell() {
            Map<TargetState, Integer> counts = store.counts(benchmark);
            String now = counts.entrySet().stream()
                    .filter(state -> state.getValue() > 0)
                    .map(state -> state.getKey().spelling() + " " + state.getValue())
                    .collect(Collectors.joining(", "));
            if (!now.equals(last)) {
                err.print(bar ? Terminal.CLEAR_LINE + Terminal.bar(share(counts)) + " " + now : now + "\n");
                err.flush();
                last = now;
            }
        }

        /** Each target goes through three states before it is at its end. */
        private static double share(Map<TargetState, Integer> counts) {
            int all = 0;
            double done = 0;
            for (Map.Entry<TargetState, Integer> state : counts.entrySet()) {
                all += state.getValue();
                done += state.getValue() * Math.min(state.getKey().ordinal(), TargetState.SCORED.ordinal());
            }
            return all == 0 ? 1 : done / all / TargetState.SCORED.ordinal();
        }

        @Override
        public void close() {
            telling.cancel(false);
            clock.shutdownNow();
            if (bar) {
                err.print(Terminal.CLEAR_LINE);
                err.flush();
            }
        }
    }
}
