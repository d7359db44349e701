package org.anfinsen.service.isolation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * What a service and its predicting child say to each other over the child's standard input and output. A frame is a byte for
 * its kind, a value as JSON, and any number of attachments as they are, each with its length before it. One thread may read
 * while another writes.
 */
final class Frames {

    private static final int BYTES_MAX = 1 << 30;
    private static final int ATTACHMENTS_MAX = 1000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(DataSize.class, new DataSizeWriter())
                    .addDeserializer(DataSize.class, new DataSizeReader()))
            .build();

    private final DataInputStream in;
    private final DataOutputStream out;

    Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /** The kind of a frame. */
    enum Kind {
        /** To the child, first: {@link Messages.Opening}. */
        OPEN,
        /** To the child: what it runs on is asked for. */
        DESCRIBE,
        /** To the child: {@link Messages.Task}. */
        PREDICT,
        /** To the child: {@link Messages.Stop}. */
        STOP,
        /** From the child: {@link Messages.Description}. */
        DESCRIBED,
        /** From the child: {@link Messages.Reached}. */
        REACHED,
        /** From the child: {@link Messages.Done}, its artifacts attached. */
        DONE,
        /** From the child: a failure; the prediction cannot be made. */
        FAILED,
        /** From the child: a failure; another process may be able to. */
        LOST,
        /** From the child: {@link Messages.Broken}, in answer to a prediction or to {@link #DESCRIBE}. */
        BROKEN,
        /** From the child: the prediction was stopped as it was told. */
        STOPPED
    }

    /** A frame that was read. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares frames.
    record Frame(Kind kind, byte[] json, List<byte[]> attachments) {

        <T> T as(Class<T> type) {
            return JSON.readValue(json, type);
        }
    }

    void write(Kind kind, Object value) throws IOException {
        write(kind, value, List.of());
    }

    synchronized void write(Kind kind, Object value, List<byte[]> attachments) throws IOException {
        out.writeByte(kind.ordinal());
        writeBytes(JSON.writeValueAsBytes(value));
        out.writeInt(attachments.size());
        for (byte[] attachment : attachments) {
            writeBytes(attachment);
        }
        out.flush();
    }

    /**
     * Waits for the next frame.
     *
     * @return empty if the other side has ended
     * @throws IOException if something else than a frame comes
     */
    Optional<Frame> read() throws IOException {
        int ordinal = in.read();
        if (ordinal < 0) {
            return Optional.empty();
        }
        if (ordinal >= Kind.values().length) {
            throw new IOException("a frame of kind " + ordinal);
        }
        byte[] json = readBytes();
        int count = in.readInt();
        if (count < 0 || count > ATTACHMENTS_MAX) {
            throw new IOException("a frame with " + count + " attachments");
        }
        List<byte[]> attachments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attachments.add(readBytes());
        }
        return Optional.of(new Frame(Kind.values()[ordinal], json, attachments));
    }

    private void writeBytes(byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    private byte[] readBytes() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > BYTES_MAX) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return content;
    }

    private static final class DataSizeWriter extends ValueSerializer<DataSize> {
        @Override
        public void serialize(DataSize size, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(size.toBytes());
        }
    }

    private static final class DataSizeReader extends ValueDeserializer<DataSize> {
        @Override
        public DataSize deserialize(JsonParser parser, DeserializationContext context) {
            return DataSize.ofBytes(parser.getLongValue());
        }
    }
}
