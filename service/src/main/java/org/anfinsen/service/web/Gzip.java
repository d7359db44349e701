package org.anfinsen.service.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.pipeline.job.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * Compresses files on their way out. The server's own compression leaves alone whatever has a strong entity tag; here the
 * compressed form has a tag of its own.
 */
final class Gzip {

    private static final long SIZE_MIN = 2_048;

    private Gzip() {}

    static boolean isText(Artifact.Description file) {
        String type = file.mediaType();
        return type.startsWith("text/") || type.startsWith("chemical/") || type.startsWith("application/json");
    }

    static boolean isWorthwhile(Artifact.Description file, @Nullable String acceptEncoding) {
        return acceptEncoding != null && file.size() >= SIZE_MIN && isText(file) && accepts(acceptEncoding);
    }

    private static boolean accepts(String acceptEncoding) {
        return Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(","))
                .map(coding -> coding.replace(" ", ""))
                .anyMatch(coding ->
                        coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    static byte[] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }
}
