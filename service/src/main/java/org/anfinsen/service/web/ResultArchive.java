package org.anfinsen.service.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.service.file.ResultFileNames;

/** All files of a finished job as one zip, made while it is sent, one file in memory at a time. */
final class ResultArchive {

    private final PredictionJob job;
    private final ResultFiles files;

    ResultArchive(PredictionJob job, ResultFiles files) {
        this.job = job;
        this.files = files;
    }

    /** Names the content: the same for the same files under the same names. */
    String entityTag() {
        StringBuilder parts = new StringBuilder(JobView.fileNames(job).toString());
        job.artifacts().forEach(file -> parts.append(file.name()).append(file.sha256()));
        return "\"" + UUID.nameUUIDFromBytes(parts.toString().getBytes(StandardCharsets.UTF_8)) + "-zip\"";
    }

    void write(OutputStream out) throws IOException {
        ResultFileNames names = JobView.fileNames(job);
        long time = Objects.requireNonNullElse(job.finished(), Instant.EPOCH).toEpochMilli();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Artifact.Description file : job.artifacts()) {
                add(zip, names, time, files.stored(job.id(), file.name()));
            }
            for (String plot : ResultFiles.plots(job)) {
                add(zip, names, time, files.plot(job, plot));
            }
        }
    }

    private void add(ZipOutputStream zip, ResultFileNames names, long time, Optional<Artifact> file)
            throws IOException {
        Artifact artifact =
                file.orElseThrow(() -> new IOException("job " + job.id() + " was removed while it was sent"));
        ZipEntry entry = new ZipEntry(names.of(artifact.name()));
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(artifact.content());
        zip.closeEntry();
    }
}
