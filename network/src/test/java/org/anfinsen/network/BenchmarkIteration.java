package org.anfinsen.network;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.graph.ElementType;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.run.GraphSession;
import org.anfinsen.network.run.MemoryEstimate;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkOutput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times one pass of a network beside OpenFold's in PyTorch at the same widths, on the same machine in the same run. The best of the
 * repetitions counts. Rates are per CPU second, which other work on the machine disturbs less than wall time.
 *
 * <p>Arguments: what network, N_res, N_seq, N_extra, threads, repetitions; then, for the peer, a Python with torch and a checkout
 * of OpenFold. The network is a file of parameters ({@code .npz}), or a key file (name, shape) with numbers of Evoformer and
 * extra-MSA blocks, as {@code KEYS.tsv:48:4}, whose parameters are then random.
 *
 * <p>{@code -Dint8=true} times the network in eight-bit integers as well, and says how far its outputs lie from single precision.
 * {@code -Dprofile=true} runs once more with ONNX Runtime's profile, and prints the share of each kind of operation.
 */
final class BenchmarkIteration {
    private static final int PEAK_SIZE = 2048;
    private static final double GIB = 1L << 30;

    private BenchmarkIteration() {}

    private record Timing(double wallSeconds, double cpuSeconds) {
        static Timing best(List<Timing> timings) {
            return new Timing(
                    timings.stream().mapToDouble(Timing::wallSeconds).min().orElseThrow(),
                    timings.stream().mapToDouble(Timing::cpuSeconds).min().orElseThrow());
        }
    }

    private record Input(int nRes, int nSeq, int nExtra) {}

    private record Run(Timing best, NetworkOutput output) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int[] numbers =
                Stream.of(args).skip(1).limit(5).mapToInt(Integer::parseInt).toArray();
        Input input = new Input(numbers[0], numbers[1], numbers[2]);
        int threads = numbers[3];
        int repetitions = numbers[4];
        Path directory = Files.createTempDirectory("benchmark");
        try {
            double peak = peakFlops(directory, threads);
            System.out.printf("matrix product of size %d: %.0f GFLOP per CPU second%n", PEAK_SIZE, peak / 1e9);
            Path model = directory.resolve("model.onnx");
            NetworkDimensions sizes = IterationExporter.export(parameters(args[0]), false, model, Map.of());
            double flop = new Arithmetic(sizes, input.nRes(), input.nSeq(), input.nExtra()).total();
            forgetPeakResidentBytes();
            Run ours = run(model, sizes, input, SessionSettings.cpu(threads), repetitions);
            print("Anfinsen", ours.best(), flop, peak);
            System.out.printf(
                    "peak resident %.2f GiB, estimate %.2f GiB%n",
                    peakResidentBytes() / GIB,
                    MemoryEstimate.of(sizes, input.nRes(), input.nSeq(), input.nExtra())
                                    .totalBytes()
                            / GIB);
            if (Boolean.getBoolean("profile")) {
                Path prefix = directory.resolve("profile");
                run(model, sizes, input, SessionSettings.cpu(threads).withProfile(prefix), 1);
                OperationProfile.print(directory, System.out);
            }
            Map<String, Timing> timings = new LinkedHashMap<>(Map.of("Anfinsen", ours.best()));
            if (Boolean.getBoolean("int8")) {
                IterationExporter.export(parameters(args[0]), true, model, Map.of());
                Run integers = run(model, sizes, input, SessionSettings.cpu(threads), repetitions);
                print("Anfinsen int8", integers.best(), flop, peak);
                System.out.printf(
                        "int8 against fp32, root mean square of the difference over that of the values: pair representation %.4f, "
                                + "single %.4f, distogram %.4f%n",
                        Tensors.relativeError(
                                ours.output().pair(), integers.output().pair()),
                        Tensors.relativeError(
                                ours.output().single(), integers.output().single()),
                        Tensors.relativeError(
                                ours.output().distogramLogits(),
                                integers.output().distogramLogits()));
                timings.put("Anfinsen int8", integers.best());
            }
            if (args.length == 8) {
                Timing peer = timePeer(args[6], args[7], sizes, input, threads, repetitions);
                print("OpenFold", peer, flop, peak);
                timings.forEach((name, timing) -> System.out.printf(
                        "OpenFold / %s: wall %.2f, CPU %.2f%n",
                        name, peer.wallSeconds() / timing.wallSeconds(), peer.cpuSeconds() / timing.cpuSeconds()));
            }
        } finally {
            delete(directory);
        }
    }

    private static Parameters parameters(String network) throws IOException {
        if (network.endsWith(".npz")) {
            return ParameterFile.read(Path.of(network));
        }
        String[] parts = network.split(":", -1);
        return RandomParameters.of(
                withBlocks(
                        Files.readAllLines(Path.of(parts[0])), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])),
                1);
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

    private static Run run(
            Path model, NetworkDimensions sizes, Input input, SessionSettings settings, int repetitions) {
        List<Timing> timings = new ArrayList<>();
        NetworkInput features = RandomInputs.of(sizes, input.nRes(), input.nSeq(), input.nExtra(), 2);
        RecycledInput recycled = RecycledInput.zeros(input.nRes(), sizes);
        List<NetworkOutput> outputs = new ArrayList<>();
        try (NetworkSession session = NetworkSession.open(model, sizes, settings)) {
            for (int repetition = 0; repetition < repetitions; repetition++) {
                outputs.clear();
                timings.add(time(() -> outputs.add(session.run(features, recycled))));
            }
        }
        return new Run(Timing.best(timings), outputs.getFirst());
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

    private static Timing timePeer(
            String python, String openfold, NetworkDimensions sizes, Input input, int threads, int repetitions)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        python,
                        "benchmark/openfold_peer.py",
                        "--openfold=" + openfold,
                        "--evoformer-blocks=" + sizes.evoformerBlocks(),
                        "--extra-blocks=" + sizes.extraMsaBlocks(),
                        "--c-m=" + sizes.cM(),
                        "--c-e=" + sizes.cE(),
                        "--c-z=" + sizes.cZ(),
                        "--c-outer-product=" + sizes.outerProductChannels(),
                        "--c-triangle=" + sizes.triangleChannels(),
                        "--msa-heads=" + sizes.msaHeads(),
                        "--pair-heads=" + sizes.pairHeads(),
                        "--transition-factor=" + sizes.transitionFactor(),
                        "--n-res=" + input.nRes(),
                        "--n-seq=" + input.nSeq(),
                        "--n-extra=" + input.nExtra(),
                        "--threads=" + threads,
                        "--repetitions=" + repetitions)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
        Process process = builder.start();
        JsonNode result = JsonMapper.shared().readTree(process.getInputStream());
        if (process.waitFor() != 0) {
            throw new IOException("the peer failed: " + builder.command());
        }
        System.out.printf(
                "torch %s, peak resident %.2f GiB%n",
                result.get("torch").asString(), result.get("peak_bytes").asLong() / GIB);
        return new Timing(smallest(result.get("wall_s")), smallest(result.get("cpu_s")));
    }

    private static double smallest(JsonNode numbers) {
        return numbers.valueStream().mapToDouble(JsonNode::asDouble).min().orElseThrow();
    }

    /** What the export took does not count: where a package runs, its graph is there already. Linux only. */
    private static void forgetPeakResidentBytes() throws IOException {
        System.gc();
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
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
