package org.anfinsen.pipeline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.artifact.DistogramContacts;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.NativeDomain;
import org.anfinsen.pipeline.benchmark.RankedPrediction;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.structure.casp.CaspHeader;
import org.anfinsen.structure.casp.CaspQaWriter;
import org.anfinsen.structure.casp.CaspTsWriter;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * Writes what a target's numbers come from: models with their confidence, contacts, alignment, natives. What a benchmark's
 * own folder holds already is left as it is.
 */
final class TargetFiles {

    private static final String AUTHOR = "Anfinsen";

    private final BenchmarkStore store;
    private final PredictionStore predictions;

    TargetFiles(BenchmarkStore store, PredictionStore predictions) {
        this.store = store;
        this.predictions = predictions;
    }

    /** @param folder of the target */
    void write(UUID benchmark, String name, Path folder) throws IOException {
        BenchmarkTarget target = store.target(benchmark, name).orElseThrow();
        Path natives = Files.createDirectories(folder.resolve("natives"));
        Files.writeString(folder.resolve("target.fasta"), ">" + name + "\n" + target.residues() + "\n");
        if (target.a3m() != null) {
            Files.writeString(folder.resolve("alignment.a3m"), target.a3m());
        }
        if (target.contacts() != null) {
            Files.writeString(folder.resolve("dca-contacts.rr"), target.contacts());
        }
        int rank = 1;
        for (RankedPrediction prediction : target.predictions()) {
            copy(prediction.job(), "structure.pdb", folder.resolve("model_" + rank + ".pdb"));
            copy(prediction.job(), "scores.json", folder.resolve("scores_" + rank + ".json"));
            rank++;
        }
        if (!target.predictions().isEmpty()) {
            writeContacts(target, folder);
            writeSubmission(target, folder);
        }
        for (NativeDomain domain : store.natives(benchmark, name)) {
            Files.writeString(natives.resolve(domain.name() + ".pdb"), domain.content(), StandardCharsets.UTF_8);
        }
    }

    private void copy(UUID job, String artifact, Path file) throws IOException {
        byte[] content =
                predictions.artifact(job, artifact).map(Artifact::content).orElse(new byte[0]);
        if (content.length > 0) {
            Files.write(file, content);
        }
    }

    /** As CASP takes them, where the target is called as CASP calls its targets. */
    private void writeSubmission(BenchmarkTarget target, Path folder) throws IOException {
        if (!CaspHeader.isTarget(target.name())) {
            return;
        }
        List<ProteinStructure> models = new ArrayList<>();
        for (int rank = 1; rank <= target.predictions().size(); rank++) {
            Path model = folder.resolve("model_" + rank + ".pdb");
            if (Files.exists(model)) {
                models.add(StructureReader.readFirstChain(model));
            }
        }
        CaspHeader header = new CaspHeader(target.name(), AUTHOR, List.of(method(target)));
        if (!models.isEmpty()) {
            Files.writeString(folder.resolve("submission.ts"), CaspTsWriter.write(header, models));
            Files.writeString(folder.resolve("submission.qa"), CaspQaWriter.write(header, models));
        }
    }

    private static String method(BenchmarkTarget target) {
        return "Network(s) "
                + target.predictions().stream()
                        .map(RankedPrediction::model)
                        .distinct()
                        .collect(Collectors.joining(", "))
                + ", several seeds, ranked by pLDDT";
    }

    private void writeContacts(BenchmarkTarget target, Path folder) throws IOException {
        Optional<Artifact> npz =
                predictions.artifact(target.predictions().getFirst().job(), "distogram.npz");
        if (npz.isPresent()) {
            Files.writeString(
                    folder.resolve("contacts.rr"),
                    DistogramContacts.write(target.sequence(), npz.get().content(), AUTHOR));
        }
    }
}
