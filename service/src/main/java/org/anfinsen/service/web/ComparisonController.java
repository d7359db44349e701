package org.anfinsen.service.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.service.comparison.ComparisonFigures;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.StructureComparison;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Compares a prediction with a structure that the caller sends, or with another prediction. */
@RestController
@RequestMapping(PredictionController.PATH + "/{id}/comparison")
@Tag(name = "comparison", description = "Scores of a prediction against another structure, and the two superposed")
final class ComparisonController {

    static final String PDB = "chemical/x-pdb";
    static final String MMCIF = "chemical/x-mmcif";

    private static final String STRUCTURE = "structure.pdb";
    private static final int NATIVE_RESIDUES_MAX = 10_000;

    private final PredictionStore store;
    private final FinishedJobs jobs;
    private final RequestBodies bodies;

    ComparisonController(PredictionStore store, FinishedJobs jobs, RequestBodies bodies) {
        this.store = store;
        this.jobs = jobs;
        this.bodies = bodies;
    }

    /** Scores, the motion that superposes, and the native where the prediction is. */
    @Schema(name = "Comparison")
    record ComparisonView(
            @JsonUnwrapped ComparisonFigures figures,

            @Schema(description = "Chain of the native that was compared")
            String nativeChain,

            MotionView superposition,

            @Schema(
                    description =
                            "The native chain in PDB format, moved onto the prediction as its structure.pdb has it")
            String nativePdb) {}

    /** A rigid motion: a point of the prediction is rotated, then translated. */
    @Schema(
            name = "Motion",
            description = "Moves the prediction onto the native: x' = rotation x + translation; the superposition that"
                    + " gives the TM-score")
    record MotionView(
            @Schema(description = "Rows of an orthonormal matrix")
            List<List<Double>> rotation,

            @Schema(description = "In Å") List<Double> translationAngstrom) {

        static MotionView of(RigidFrame motion) {
            Rotation r = motion.rotation();
            Vector3 t = motion.translation();
            return new MotionView(
                    List.of(
                            List.of(r.xx(), r.xy(), r.xz()),
                            List.of(r.yx(), r.yy(), r.yz()),
                            List.of(r.zx(), r.zy(), r.zz())),
                    List.of(t.x(), t.y(), t.z()));
        }
    }

    @Operation(
            operationId = "compareWithStructure",
            summary = "Compares a prediction with a structure",
            description = "The body is a PDB or mmCIF file, which its content tells. Nothing of it is kept.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = PDB, schema = @Schema(type = "string")),
                                @Content(mediaType = MMCIF, schema = @Schema(type = "string")),
                                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
                            }))
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/Problem")
    @PostMapping(
            consumes = {PDB, MMCIF, MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ComparisonView withStructure(
            @PathVariable UUID id,
            @Parameter(description = "Chain of the structure; its first protein chain if left out")
                    @RequestParam(required = false)
                    @Nullable
                    String chain,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        PredictionJob job = jobs.require(id);
        byte[] body = bodies.bytes(request);
        if (body.length > 1 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b) {
            throw invalid("a gzip file", "Send the structure uncompressed");
        }
        List<ProteinStructure> chains;
        try {
            chains = StructureReader.read("structure", body);
        } catch (StructureFormatException e) {
            throw invalid(String.valueOf(e.getMessage()), "Send a PDB or mmCIF file with a protein in it");
        }
        return compare(predicted(job), select(chains, chain));
    }

    @Operation(
            operationId = "comparePredictions",
            summary = "Compares two predictions",
            description = "The other one stands for the native: its length normalises the scores.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "400", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "404", ref = "#/components/responses/Problem")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/Problem")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ComparisonView withPrediction(
            @PathVariable UUID id, @Parameter(description = "Another job that is done") @RequestParam UUID other) {
        return compare(predicted(jobs.require(id)), predicted(jobs.require(other)));
    }

    private ProteinStructure predicted(PredictionJob job) {
        byte[] pdb = store.artifact(job.id(), STRUCTURE)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "job " + job.id() + " has no " + STRUCTURE))
                .content();
        try {
            return StructureReader.read(STRUCTURE, pdb).getFirst();
        } catch (StructureFormatException e) {
            throw new IllegalStateException("the service's own file cannot be read", e);
        }
    }

    private static ProteinStructure select(List<ProteinStructure> chains, @Nullable String wanted) {
        ProteinStructure found = chains.stream()
                .filter(chain ->
                        wanted == null || wanted.isEmpty() || chain.chainId().equals(wanted))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "no protein chain " + wanted,
                        "Choose one of "
                                + String.join(
                                        ", ",
                                        chains.stream()
                                                .map(ProteinStructure::chainId)
                                                .toList())));
        if (found.length() > NATIVE_RESIDUES_MAX) {
            throw invalid(found.length() + " residues", "Send at most " + NATIVE_RESIDUES_MAX + " in the chain");
        }
        return found;
    }

    private static ComparisonView compare(ProteinStructure model, ProteinStructure reference) {
        try {
            ComparisonScores scores = StructureComparison.compare(model, reference);
            ProteinStructure moved = reference.moved(scores.superposition().inverse());
            return new ComparisonView(
                    ComparisonFigures.of(scores),
                    reference.chainId(),
                    MotionView.of(scores.superposition()),
                    String.join("\n", PdbWriter.atoms(moved)) + "\nEND\n");
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), "Send the structure of the same protein");
        }
    }

    private static ProblemException invalid(String found, String remedy) {
        InputError error = InputError.ofField("invalid-structure", "structure", found, remedy);
        return new ProblemException(Problem.INVALID_STRUCTURE, error.message(), List.of(error));
    }
}
