package org.anfinsen.msa.sequence;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes that should be UTF-8 text: decoded, or the first place where they are not. */
final class InputText {

    private final String text;
    private final Optional<InputFault> fault;

    private InputText(String text, Optional<InputFault> fault) {
        this.text = text;
        this.fault = fault;
    }

    /** The text without its byte order mark; what was readable of it if there is a fault. */
    String text() {
        return text;
    }

    Optional<InputFault> fault() {
        return fault;
    }

    static InputText decode(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            return new InputText(
                    "",
                    Optional.of(file(
                            InputFault.Kind.NOT_TEXT,
                            "the file is compressed with gzip",
                            "Send the text, decompressed")));
        }
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer source = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(source, characters, true);
        String decoded = characters.flip().toString();
        Optional<InputFault> control = firstControlCharacter(decoded);
        if (control.isPresent()) {
            return new InputText(decoded, control);
        }
        if (result.isError()) {
            String found = "byte 0x%02x is not UTF-8".formatted(bytes[source.position()] & 0xff);
            return new InputText(
                    decoded,
                    Optional.of(
                            at(InputFault.Kind.NOT_UTF8, decoded, decoded.length(), found, "Save the file as UTF-8")));
        }
        return new InputText(decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded, Optional.empty());
    }

    private static Optional<InputFault> firstControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
                String found = "control character 0x%02x: this is not a text file".formatted((int) c);
                return Optional.of(at(InputFault.Kind.NOT_TEXT, text, i, found, "Send plain text in FASTA format"));
            }
        }
        return Optional.empty();
    }

    private static InputFault at(InputFault.Kind kind, String text, int offset, String found, String remedy) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            boolean breaks = c == '\n' || (c == '\r' && (i + 1 >= text.length() || text.charAt(i + 1) != '\n'));
            if (breaks) {
                line++;
                lineStart = i + 1;
            }
        }
        return new InputFault(kind, 0, null, line, offset - lineStart + 1, found, remedy);
    }

    static InputFault file(InputFault.Kind kind, String found, String remedy) {
        return new InputFault(kind, 0, null, 0, 0, found, remedy);
    }
}
