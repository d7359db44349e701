package org.anfinsen.network.parameters;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.anfinsen.network.parameters.TorchTensor.NumberType;
import org.anfinsen.network.parameters.TorchTensor.Storage;

/**
 * Reads the pickle of a PyTorch checkpoint: dictionaries, numbers, text and {@link TorchTensor}s. A pickle may ask for
 * any class or function and call it; this takes only the instructions that PyTorch writes (protocol 2), and only what a
 * state dict asks for.
 */
final class StateDictUnpickler extends Unpickler {
    private static final Map<String, Object> KNOWN = Map.of(
            "collections.OrderedDict", (IObjectConstructor) arguments -> new HashMap<>(),
            "torch._utils._rebuild_tensor_v2", (IObjectConstructor) TorchTensor::of,
            "torch.FloatStorage", NumberType.FLOAT,
            "torch.HalfStorage", NumberType.HALF,
            "torch.BFloat16Storage", NumberType.BFLOAT16);

    @Override
    protected Object dispatch(short instruction) throws IOException {
        switch (instruction) {
            case Opcodes.GLOBAL -> stack.add(known(PickleUtils.readline(input) + "." + PickleUtils.readline(input)));
            // Attributes of a dictionary, such as the versions of the modules.
            case Opcodes.BUILD -> stack.pop();
            case Opcodes.BINUNICODE -> {
                requireText();
                super.dispatch(instruction);
            }
            case Opcodes.STOP,
                    Opcodes.PROTO,
                    Opcodes.MARK,
                    Opcodes.NONE,
                    Opcodes.NEWTRUE,
                    Opcodes.NEWFALSE,
                    Opcodes.BININT,
                    Opcodes.BININT1,
                    Opcodes.BININT2,
                    Opcodes.LONG1,
                    Opcodes.BINFLOAT,
                    Opcodes.EMPTY_TUPLE,
                    Opcodes.TUPLE,
                    Opcodes.TUPLE1,
                    Opcodes.TUPLE2,
                    Opcodes.TUPLE3,
                    Opcodes.EMPTY_LIST,
                    Opcodes.APPEND,
                    Opcodes.APPENDS,
                    Opcodes.EMPTY_DICT,
                    Opcodes.SETITEM,
                    Opcodes.SETITEMS,
                    Opcodes.BINPUT,
                    Opcodes.LONG_BINPUT,
                    Opcodes.BINGET,
                    Opcodes.LONG_BINGET,
                    Opcodes.BINPERSID,
                    Opcodes.REDUCE -> {
                return super.dispatch(instruction);
            }
            default ->
                throw new PickleException(
                        "its pickle has the instruction " + instruction + ", which no state dict needs");
        }
        return NO_RETURN_VALUE;
    }

    private static Object known(String name) {
        Object known = KNOWN.get(name);
        if (known == null) {
            throw new PickleException("its pickle asks for " + name + ", which no state dict needs");
        }
        return known;
    }

    /** The library makes room for a text before it reads it. */
    private void requireText() throws IOException {
        input.mark(Integer.BYTES);
        int bytes = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, Integer.BYTES));
        if (bytes < 0 || bytes > input.available()) {
            throw new PickleException("its pickle ends in a text of " + bytes + " bytes");
        }
        input.reset();
    }

    /** A storage: {@code ("storage", type, key, device, count)}. */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] parts = (Object[]) id;
        return new Storage((NumberType) parts[1], (String) parts[2], ((Number) parts[4]).longValue());
    }
}
