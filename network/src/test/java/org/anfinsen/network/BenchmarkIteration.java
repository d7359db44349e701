package org.anfinsen.network;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.graph.ElementType;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.run.GraphSession;
import org.anfinsen.network.run.MemoryEstimate;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times one pass of the network at published widths, beside OpenFold's in PyTorch on the same machine in the same run.
 * The best of the repetitions counts. Rates are per CPU second, which other work on the machine disturbs less than wall time.
 *
 * <p>Arguments: key file (name, shape), evoformer blocks, extra-MSA blocks, N_res, N_seq, N_extra, threads,
 * repetitions; then, for the peer, a Python with torch and a checkout of OpenFold.
 */
final class BenchmarkIteration {
    private static final int PEAK_SIZE = 2048;

    private BenchmarkIteration() {}

    private record Timing(double wallSeconds, double cpuSeconds) {
        static Timing best(List<Timing> timings) {
            return new Timing(
                    timings.stream().mapToDouble(Timing::wallSeconds).min().orElseThrow(),
                    timings.stream().mapToDouble(Timing::cpuSeconds).min().orElseThrow());
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path keys = Path.of(args[0]);
        int[] numbers =
                Stream.of(args).skip(1).limit(7).mapToInt(Integer::parseInt).toArray();
        Parameters parameters = RandomParameters.of(withBlocks(Files.readAllLines(keys), numbers[0], numbers[1]), 1);
        int nRes = numbers[2];
        int threads = numbers[5];
        Path directory = Files.createTempDirectory("benchmark");
        try {
            double peak = peakFlops(directory, threads);
            System.out.printf("matrix product of size %d: %.0f GFLOP per CPU second%n", PEAK_SIZE, peak / 1e9);
            NetworkDimensions sizes = IterationExporter.export(parameters, directory.resolve("model.onnx"), Map.of());
            double flop = new Arithmetic(sizes, nRes, numbers[3], numbers[4]).total();
            Timing ours = timeOurs(directory, sizes, numbers);
            print("Anfinsen", ours, flop, peak);
            System.out.printf(
                    "peak resident %.2f GiB, estimate %.2f GiB%n",
                    peakResidentBytes() / (double) (1 << 30),
                    MemoryEstimate.of(sizes, nRes, numbers[3], numbers[4]).totalBytes() / (double) (1 << 30));
            if (args.length == 10) {
                Timing peer = timePeer(args[8], args[9], numbers);
                print("OpenFold", peer, flop, peak);
                System.out.printf(
                        "OpenFold / Anfinsen: wall %.2f, CPU %.2f%n",
                        peer.wallSeconds() / ours.wallSeconds(), peer.cpuSeconds() / ours.cpuSeconds());
            }
        } finally {
            delete(directory);
        }
    }

    private static void print(String name, Timing timing, double flop, double peak) {
        double rate = flop / timing.cpuSeconds();
        System.out.printf(
                "%s: wall %.2f s, CPU %.2f s; %.2f TFLOP, %.0f GFLOP per CPU second, %.0f %% of the matrix product%n",
                name, timing.wallSeconds(), timing.cpuSeconds(), flop / 1e12, rate / 1e9, 100 * rate / peak);
    }

    /** Key lines with another number of blocks. */
    private static List<String> withBlocks(List<String> lines, int evoformerBlocks, int extraBlocks) {
        List<String> changed = new ArrayList<>();
        for (String line : lines) {
            String blocks = line.contains("/evoformer_iteration/")
                    ? Integer.toString(evoformerBlocks)
                    : line.contains("/extra_msa_stack/") ? Integer.toString(extraBlocks) : "$2";
            changed.add(line.replaceFirst("^([^\\t]*\\t)([0-9]+)", "$1" + blocks));
        }
        return changed;
    }

    private static Timing timeOurs(Path directory, NetworkDimensions sizes, int[] numbers) {
        List<Timing> timings = new ArrayList<>();
        NetworkInput input = RandomInputs.of(sizes, numbers[2], numbers[3], numbers[4], 2);
        RecycledInput recycled = RecycledInput.zeros(numbers[2], sizes);
        try (NetworkSession session =
                NetworkSession.open(directory.resolve("model.onnx"), sizes, SessionSettings.cpu(numbers[5]))) {
            for (int repetition = 0; repetition < numbers[6]; repetition++) {
                timings.add(time(() -> session.run(input, recycled)));
            }
        }
        return Timing.best(timings);
    }

    private static Timing time(Runnable work) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        return new Timing((System.nanoTime() - wall) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    /** What the runtime reaches on one large matrix product: the best that can be hoped for. */
    private static double peakFlops(Path directory, int threads) throws IOException {
        Path model = directory.resolve("product.onnx");
        try (Graph graph = Graph.create(model, "product")) {
            graph.output(
                    "product",
                    graph.matMul(
                            graph.input("a", ElementType.FLOAT, PEAK_SIZE, PEAK_SIZE),
                            graph.input("b", ElementType.FLOAT, PEAK_SIZE, PEAK_SIZE)));
            graph.save(Map.of());
        }
        List<Timing> timings = new ArrayList<>();
        FloatTensor matrix = FloatTensor.zeros(PEAK_SIZE, PEAK_SIZE);
        try (GraphSession session = GraphSession.open(model, SessionSettings.cpu(threads))) {
            for (int repetition = 0; repetition < 5; repetition++) {
                timings.add(time(() -> session.run(Map.of("a", matrix, "b", matrix))));
            }
        }
        return 2 * Math.pow(PEAK_SIZE, 3) / Timing.best(timings).cpuSeconds();
    }

    private static Timing timePeer(String python, String openfold, int[] numbers)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        python,
                        "benchmark/openfold_peer.py",
                        "--openfold=" + openfold,
                        "--evoformer-blocks=" + numbers[0],
                        "--extra-blocks=" + numbers[1],
                        "--n-res=" + numbers[2],
                        "--n-seq=" + numbers[3],
                        "--n-extra=" + numbers[4],
                        "--threads=" + numbers[5],
                        "--repetitions=" + numbers[6])
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
        Process process = builder.start();
        JsonNode result = JsonMapper.shared().readTree(process.getInputStream());
        if (process.waitFor() != 0) {
            throw new IOException("the peer failed: " + builder.command());
        }
        System.out.printf(
                "torch %s, peak resident %.2f GiB%n",
                result.get("torch").asString(), result.get("peak_bytes").asLong() / (double) (1 << 30));
        return new Timing(smallest(result.get("wall_s")), smallest(result.get("cpu_s")));
    }

    private static double smallest(JsonNode numbers) {
        return numbers.valueStream().mapToDouble(JsonNode::asDouble).min().orElseThrow();
    }

    /** Linux only. */
    private static long peakResidentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line =
                    lines.filter(text -> text.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
