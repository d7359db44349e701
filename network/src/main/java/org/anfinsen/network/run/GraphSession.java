package org.anfinsen.network.run;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.anfinsen.network.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX graph ready to run through DJL's ONNX Runtime engine: tensors by name in, tensors by name out. The native
 * session lives until {@link #close}; what one run allocates is freed before it returns. Runs of one session may
 * overlap; ONNX Runtime's sessions allow it.
 */
public final class GraphSession implements AutoCloseable {
    private static final String ENGINE = "OnnxRuntime";
    /** Address space only; what is not used costs nothing. */
    private static final long LOAD_STACK_BYTES = 512L << 20;

    private final Model model;
    private final String provider;
    private final Optional<String> fallbackReason;

    private GraphSession(Model model, String provider, Optional<String> fallbackReason) {
        this.model = model;
        this.provider = provider;
        this.fallbackReason = fallbackReason;
    }

    /**
     * Loads a graph.
     *
     * @throws NetworkException if it cannot be loaded, or CUDA is demanded and cannot be used
     */
    public static GraphSession open(Path graph, SessionSettings settings) {
        CommandLine.requireShort(CommandLine.OF_THIS_PROCESS);
        Optional<String> reason = whyNotCuda(settings);
        if (settings.provider() == SessionSettings.Provider.CUDA && reason.isPresent()) {
            throw new NetworkException("CUDA cannot be used: " + reason.get());
        }
        boolean cuda = reason.isEmpty();
        Model model = Model.newInstance(String.valueOf(graph.getFileName()), Device.cpu(), ENGINE);
        try {
            load(model, graph, settings, cuda);
        } catch (NetworkException e) {
            model.close();
            throw e;
        }
        return new GraphSession(model, cuda ? "CUDA" : "CPU", reason);
    }

    /**
     * Loads on a thread of its own, whose stack is deep enough: ONNX Runtime follows the graph by recursion when it
     * optimises it, and on the stack of an ordinary thread a network's graph ends the process.
     */
    private static void load(Model model, Path graph, SessionSettings settings, boolean cuda) {
        FutureTask<Void> load = new FutureTask<>(() -> {
            try (OrtSession.SessionOptions options = options(settings, cuda)) {
                model.load(graph, null, Map.of("sessionOptions", options));
            }
            return null;
        });
        Thread thread = new Thread(null, load, "load " + graph.getFileName(), LOAD_STACK_BYTES);
        thread.start();
        try {
            load.get();
        } catch (ExecutionException e) {
            throw new NetworkException("cannot load " + graph + ": " + rootMessage(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while loading " + graph, e);
        }
    }

    private static OrtSession.SessionOptions options(SessionSettings settings, boolean cuda) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        // The arena grows in powers of two and gives nothing back after a run; a long chain needs the memory elsewhere.
        options.setCPUArenaAllocator(false);
        if (settings.threads() > 0) {
            options.setIntraOpNumThreads(settings.threads());
        }
        if (settings.profile().isPresent()) {
            options.enableProfiling(settings.profile().get().toString());
        }
        if (cuda) {
            options.addCUDA();
        }
        return options;
    }

    /** Why a session with these settings does not compute with CUDA; empty if it does. */
    public static Optional<String> whyNotCuda(SessionSettings settings) {
        return settings.provider() == SessionSettings.Provider.CPU ? Optional.of("CPU was asked for") : whyNotCuda();
    }

    /** Why CUDA cannot be used here; empty if it can. */
    static Optional<String> whyNotCuda() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this build carries ONNX Runtime for the CPU only");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addCUDA();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of("ONNX Runtime cannot load CUDA: " + e.getMessage());
        }
    }

    private static String rootMessage(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : rootMessage(cause);
    }

    /**
     * Runs the graph.
     *
     * @param inputs one tensor for each input
     * @return one tensor for each output, the caller's own
     * @throws NetworkException if ONNX Runtime fails, for want of memory among other things
     */
    public Map<String, FloatTensor> run(Map<String, ? extends Tensor> inputs) {
        try (Predictor<Map<String, ? extends Tensor>, Map<String, FloatTensor>> predictor =
                model.newPredictor(new TensorTranslator())) {
            return predictor.predict(inputs);
        } catch (TranslateException e) {
            throw new NetworkException("the network's run failed: " + rootMessage(e), e);
        }
    }

    /** {@code CUDA} or {@code CPU}. */
    public String provider() {
        return provider;
    }

    /** Why the provider is not CUDA; empty if it is. */
    public Optional<String> cpuReason() {
        return fallbackReason;
    }

    /** The version of ONNX Runtime. */
    public static String runtimeVersion() {
        // DJL makes ONNX Runtime's environment itself, and cannot work with one that is there before.
        Engine.getEngine(ENGINE);
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** The version of DJL. */
    public static String engineVersion() {
        return Engine.getDjlVersion();
    }

    /** What the exporter wrote into the graph. */
    public Map<String, String> metadata() {
        return new HashMap<>(model.getBlock().getCustomMetadata());
    }

    @Override
    public void close() {
        model.close();
    }

    /** Plain arrays to native tensors and back; the manager it is handed frees them when the run is over. */
    private static final class TensorTranslator
            implements NoBatchifyTranslator<Map<String, ? extends Tensor>, Map<String, FloatTensor>> {

        @Override
        public NDList processInput(TranslatorContext context, Map<String, ? extends Tensor> inputs) {
            NDManager manager = context.getNDManager();
            NDList list = new NDList(inputs.size());
            inputs.forEach((name, tensor) -> {
                NDArray array = toNative(manager, tensor);
                array.setName(name);
                list.add(array);
            });
            return list;
        }

        private static NDArray toNative(NDManager manager, Tensor tensor) {
            Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
            return switch (tensor) {
                case FloatTensor floats -> manager.create(FloatBuffer.wrap(floats.data()), shape, DataType.FLOAT32);
                case IntTensor integers -> manager.create(IntBuffer.wrap(integers.data()), shape, DataType.INT32);
            };
        }

        /** One copy from native memory; DJL's own way makes two, and the pair representation is large. */
        private static float[] floats(NDArray array) {
            if (array instanceof OrtNDArray ort) {
                FloatBuffer copy = ort.getTensor().getFloatBuffer();
                if (copy.hasArray() && copy.arrayOffset() == 0 && copy.array().length == copy.remaining()) {
                    return copy.array();
                }
            }
            return array.toFloatArray();
        }

        @Override
        public Map<String, FloatTensor> processOutput(TranslatorContext context, NDList list) {
            Map<String, FloatTensor> outputs = new LinkedHashMap<>();
            for (NDArray array : list) {
                int[] shape = Arrays.stream(array.getShape().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                outputs.put(array.getName(), FloatTensor.of(floats(array), shape));
            }
            return outputs;
        }
    }
}
