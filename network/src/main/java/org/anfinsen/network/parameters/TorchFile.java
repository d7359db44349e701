package org.anfinsen.network.parameters;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.razorvine.pickle.PickleException;

/**
 * A checkpoint as {@code torch.save} writes it since PyTorch 1.6: a zip with {@code <name>/data.pkl}, which says what
 * arrays there are, and {@code <name>/data/<key>}, their values. Values are read when they are asked for.
 */
final class TorchFile {
    private static final String PICKLE = "data.pkl";
    private static final int PICKLE_BYTES_MAX = 1 << 26;

    /** Where a trainer's checkpoint keeps parameters; first their averages over the training, which get published. */
    private static final List<List<String>> PLACES = List.of(List.of("ema", "params"), List.of("state_dict"));

    private final ZipFile zip;
    private final String folder;

    /** @throws ParameterException if it is another zip */
    TorchFile(ZipFile zip) {
        this.zip = zip;
        this.folder = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(PICKLE))
                .findFirst()
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .orElseThrow(() -> new ParameterException("it has no " + PICKLE));
    }

    /**
     * The arrays by PyTorch's names.
     *
     * @throws ParameterException if there is no dictionary of arrays, or something else than arrays
     */
    Map<String, TorchTensor> stateDict() throws IOException {
        Map<String, TorchTensor> tensors = new TreeMap<>();
        for (Map.Entry<?, ?> entry : parameters(unpickled()).entrySet()) {
            if (!(entry.getKey() instanceof String name) || !(entry.getValue() instanceof TorchTensor tensor)) {
                throw new ParameterException(entry.getKey() + " is no array of parameters");
            }
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private Object unpickled() throws IOException {
        byte[] pickle;
        try (InputStream in = open(PICKLE)) {
            pickle = in.readNBytes(PICKLE_BYTES_MAX);
        }
        try {
            return new StateDictUnpickler().loads(pickle);
        } catch (PickleException | ParameterException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Instructions that find on the stack what they do not expect; a key that holds itself.
            throw new ParameterException("its pickle is damaged", e);
        }
    }

    private static Map<?, ?> parameters(Object content) {
        for (List<String> place : PLACES) {
            Object found = content;
            for (String key : place) {
                found = found instanceof Map<?, ?> map ? map.get(key) : null;
            }
            if (found instanceof Map<?, ?> parameters) {
                return parameters;
            }
        }
        if (content instanceof Map<?, ?> parameters) {
            return parameters;
        }
        throw new ParameterException("its pickle is no dictionary");
    }

    private InputStream open(String member) throws IOException {
        ZipEntry entry = zip.getEntry(folder + member);
        if (entry == null) {
            throw new ParameterException("it lacks " + folder + member);
        }
        return zip.getInputStream(entry);
    }

    /** Copies an array's values, row-major, single precision. */
    void read(TorchTensor tensor, float[] target, int from) throws IOException {
        int valueBytes = tensor.storage().type().bytes();
        int bytes = Math.toIntExact(Math.multiplyExact(tensor.extent(), valueBytes));
        String member = "data/" + tensor.storage().key();
        byte[] values;
        try (InputStream in = open(member)) {
            in.skipNBytes(tensor.offset() * valueBytes);
            values = in.readNBytes(bytes);
        }
        if (values.length < bytes) {
            throw new EOFException(member + " is shorter than its array");
        }
        copy(tensor, ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN), 0, 0, target, from);
    }

    /** Copies what lies below one index of the axes so far, and returns where the next value goes. */
    private static int copy(TorchTensor tensor, ByteBuffer values, int axis, long position, float[] target, int to) {
        if (axis == tensor.shape().length) {
            int at = (int) position * tensor.storage().type().bytes();
            target[to] = switch (tensor.storage().type()) {
                case FLOAT -> values.getFloat(at);
                case HALF -> Float.float16ToFloat(values.getShort(at));
                case BFLOAT16 -> Float.intBitsToFloat(values.getShort(at) << Short.SIZE);
            };
            return to + 1;
        }
        int next = to;
        for (int i = 0; i < tensor.shape()[axis]; i++) {
            next = copy(tensor, values, axis + 1, position + i * tensor.strides()[axis], target, next);
        }
        return next;
    }
}
