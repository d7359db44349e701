package org.anfinsen.service.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.anfinsen.pipeline.artifact.ResultPlots;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Serves the files of results: whole, in ranges, compressed, or all in one archive. */
@RestController
@RequestMapping(PredictionController.PATH + "/{id}")
@Tag(name = "files")
final class FileController {

    static final String ARCHIVE = "all.zip";

    private final ResultFiles files;
    private final FinishedJobs jobs;

    FileController(ResultFiles files, FinishedJobs jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    @Operation(
            operationId = "getFile",
            summary = "Downloads one file of a result",
            description = "structure.pdb, structure.cif, distogram.npz, torsions.csv, torsions.json, scores.json,"
                    + " pae.json, secondary_structure.csv and secondary_structure.json (models with these heads),"
                    + " features/msa.a3m: see files of the job. ETag, If-None-Match, Range and gzip are understood.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "206", description = "A part of the file", content = @Content)
    @ApiResponse(responseCode = "304", description = "Not modified", content = @Content)
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @GetMapping("/{file:[A-Za-z0-9_-]+\\.[A-Za-z0-9]+}")
    @Nullable
    ResponseEntity<?> file(
            @PathVariable UUID id, @PathVariable String file, @Parameter(hidden = true) ServletWebRequest request) {
        return serve(id, file, request);
    }

    @Operation(
            operationId = "getFileOfFolder",
            summary = "Downloads one file of a folder of a result",
            description = "features/msa.a3m and the plots, such as plots/plddt.svg; as files outside of folders.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @GetMapping("/{folder:features|plots}/{file:[A-Za-z0-9_-]+\\.[A-Za-z0-9]+}")
    @Nullable
    ResponseEntity<?> fileOfFolder(
            @PathVariable UUID id,
            @PathVariable String folder,
            @PathVariable String file,
            @Parameter(hidden = true) ServletWebRequest request) {
        return serve(id, folder + "/" + file, request);
    }

    private @Nullable ResponseEntity<?> serve(UUID id, String name, ServletWebRequest request) {
        PredictionJob job = jobs.require(id);
        for (Artifact.Description file : job.artifacts()) {
            if (file.name().equals(name)) {
                boolean gzip = request.getHeader(HttpHeaders.RANGE) == null
                        && Gzip.isWorthwhile(file, request.getHeader(HttpHeaders.ACCEPT_ENCODING));
                Supplier<Optional<Artifact>> stored = () -> files.stored(id, name);
                return serve(job, name, file.sha256() + (gzip ? "-gzip" : ""), mediaType(file), gzip, stored, request);
            }
        }
        String tag = ResultFiles.tag(job, name).orElseThrow(() -> missing(job, name));
        MediaType type = MediaType.parseMediaType(ResultPlots.mediaType(name));
        return serve(job, name, tag, type, false, () -> files.plot(job, name), request);
    }

    private static @Nullable ResponseEntity<?> serve(
            PredictionJob job,
            String name,
            String tag,
            MediaType type,
            boolean gzip,
            Supplier<Optional<Artifact>> file,
            ServletWebRequest request) {
        String range = request.getHeader(HttpHeaders.RANGE);
        String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
        String entityTag = "\"" + tag + "\"";
        if (request.checkNotModified(entityTag)) {
            return null;
        }
        byte[] content = file.get().orElseThrow(() -> missing(job, name)).content();
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(entityTag);
        headers.setContentType(type);
        headers.setCacheControl(CacheControl.noCache().cachePrivate());
        headers.setContentDisposition(attachment(JobView.fileNames(job).of(name)));
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (gzip) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
            return new ResponseEntity<>(Gzip.compress(content), headers, 200);
        }
        // Spring answers ranges of a resource by itself, and takes no notice of If-Range.
        boolean whole = range != null && ifRange != null && !ifRange.equals(entityTag);
        return whole
                ? new ResponseEntity<>(content, headers, 200)
                : new ResponseEntity<>(new ByteArrayResource(content), headers, 200);
    }

    @Operation(
            operationId = "getArchive",
            summary = "Downloads all files of a result",
            description =
                    "A zip with the names that ColabFold gives; without a rank until all jobs of the ensemble have"
                            + " ended.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @GetMapping("/" + ARCHIVE)
    void archive(
            @PathVariable UUID id,
            @Parameter(hidden = true) ServletWebRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        PredictionJob job = jobs.require(id);
        ResultArchive archive = new ResultArchive(job, files);
        if (request.checkNotModified(archive.entityTag())) {
            return;
        }
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                attachment(JobView.fileNames(job).zip()).toString());
        archive.write(response.getOutputStream());
    }

    private static ContentDisposition attachment(String fileName) {
        return ContentDisposition.attachment().filename(fileName).build();
    }

    private static MediaType mediaType(Artifact.Description description) {
        MediaType type = MediaType.parseMediaType(description.mediaType());
        return type.getCharset() == null && Gzip.isText(description)
                ? new MediaType(type, StandardCharsets.UTF_8)
                : type;
    }

    private static ProblemException missing(PredictionJob job, String name) {
        return new ProblemException(
                        Problem.NOT_FOUND,
                        "job " + job.id() + " has no file " + name + "; it has "
                                + String.join(", ", ResultFiles.names(job)))
                .with("state", job.state().spelling());
    }
}
