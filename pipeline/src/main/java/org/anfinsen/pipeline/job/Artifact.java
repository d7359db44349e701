package org.anfinsen.pipeline.job;

import java.util.Objects;

/**
 * One file of a result. The caller owns {@code content} and must not change it after handing it over.
 *
 * @param name      path below the job, such as {@code structure.pdb} or {@code features/msa.a3m}
 * @param mediaType such as {@code chemical/x-pdb}
 * @param content   the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Equality of artifacts is never asked for; their SHA-256 is.
public record Artifact(String name, String mediaType, byte[] content) {

    public Artifact {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
    }

    /**
     * An artifact without its bytes.
     *
     * @param size   in bytes
     * @param sha256 of the bytes, hexadecimal: the entity tag of its downloads
     */
    public record Description(String name, String mediaType, long size, String sha256) {}
}
