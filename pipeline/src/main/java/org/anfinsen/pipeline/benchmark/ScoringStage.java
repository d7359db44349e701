package org.anfinsen.pipeline.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.anfinsen.pipeline.artifact.StoredDistogram;
import org.anfinsen.pipeline.benchmark.DomainScores.CalibrationBin;
import org.anfinsen.pipeline.benchmark.DomainScores.ContactPrecisions;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.ContactPrecision;
import org.anfinsen.structure.score.ContactProbability;
import org.anfinsen.structure.score.Lddt;
import org.anfinsen.structure.score.ResidueMatching;
import org.anfinsen.structure.score.StructureComparison;
import org.jspecify.annotations.Nullable;

/** Scores a target's predictions by its natives, from the files of the predictions. */
public final class ScoringStage implements Stage {

    private static final double CONTACT_ANGSTROM = 8;

    private final BenchmarkStore store;
    private final PredictionStore predictions;

    public ScoringStage(BenchmarkStore store, PredictionStore predictions) {
        this.store = store;
        this.predictions = predictions;
    }

    @Override
    public String name() {
        return "scoring";
    }

    @Override
    public TargetState from() {
        return TargetState.PREDICTED;
    }

    @Override
    public void run(UUID benchmark, BenchmarkTarget target, BooleanSupplier stop) throws TargetFailedException {
        List<NativeDomain> natives = store.natives(benchmark, target.name());
        List<DomainScores> scores = new ArrayList<>();
        if (!natives.isEmpty()) {
            List<ProteinStructure> models = new ArrayList<>();
            for (RankedPrediction prediction : target.predictions()) {
                models.add(structure("structure.pdb", file(prediction.job(), "structure.pdb")));
            }
            StoredDistogram distogram =
                    StoredDistogram.read(file(target.predictions().getFirst().job(), "distogram.npz"));
            String contacts = target.contacts();
            ContactProbability dca = contacts == null
                    ? null
                    : RrContacts.read(contacts, target.residues().length());
            for (NativeDomain domain : natives) {
                scores.add(score(domain, models, (i, j) -> distogram.closerThan(i, j, CONTACT_ANGSTROM), dca));
            }
        }
        store.scored(benchmark, target.name(), scores);
    }

    private byte[] file(UUID job, String name) throws TargetFailedException {
        return predictions
                .artifact(job, name)
                .map(Artifact::content)
                .orElseThrow(() -> new TargetFailedException("job " + job + " has no file " + name));
    }

    private static ProteinStructure structure(String name, byte[] content) throws TargetFailedException {
        try {
            return StructureReader.read(name, content).getFirst();
        } catch (StructureFormatException e) {
            throw new TargetFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static DomainScores score(
            NativeDomain domain,
            List<ProteinStructure> models,
            ContactProbability network,
            @Nullable ContactProbability dca)
            throws TargetFailedException {
        ProteinStructure reference = structure(domain.name(), domain.content().getBytes(StandardCharsets.UTF_8));
        ProteinStructure first = models.getFirst();
        try {
            ComparisonScores scores = StructureComparison.compare(first, reference);
            double best = scores.tmScore();
            for (ProteinStructure other : models.subList(1, models.size())) {
                best = Math.max(
                        best, StructureComparison.compare(other, reference).tmScore());
            }
            ResidueMatching matching = ResidueMatching.of(first, reference);
            return new DomainScores(
                    domain.name(),
                    scores.nativeLength(),
                    scores.matched(),
                    scores.byNumber(),
                    scores.tmScore(),
                    best,
                    scores.gdtTs(),
                    scores.gdtHa(),
                    scores.lddt(),
                    boxed(scores.lddtAllAtoms()),
                    scores.rmsd(),
                    precisions(network, first, reference),
                    dca == null ? null : precisions(dca, first, reference),
                    matching.pairs().stream()
                            .mapToDouble(pair -> first.bFactor(pair.model()))
                            .average()
                            .orElse(0),
                    calibration(first, reference, matching));
        } catch (IllegalArgumentException e) {
            throw new TargetFailedException(domain.name() + " cannot be compared: " + e.getMessage(), e);
        }
    }

    private static ContactPrecisions precisions(
            ContactProbability probability, ProteinStructure model, ProteinStructure reference) {
        ContactPrecision precision = ContactPrecision.of(probability, model, reference, ContactPrecision.LONG_RANGE);
        return new ContactPrecisions(boxed(precision.top(5)), boxed(precision.top(2)), boxed(precision.top(1)));
    }

    private static List<CalibrationBin> calibration(
            ProteinStructure model, ProteinStructure reference, ResidueMatching matching) {
        int[] counts = new int[CalibrationBin.BINS];
        double[] plddt = new double[CalibrationBin.BINS];
        double[] lddt = new double[CalibrationBin.BINS];
        Lddt measured = Lddt.ofAlphaCarbons(model, reference, matching);
        for (ResidueMatching.Pair pair : matching.pairs()) {
            OptionalDouble value = measured.score(pair.reference());
            if (value.isPresent()) {
                double confidence = model.bFactor(pair.model());
                int bin = Math.clamp((int) (confidence / 100 * CalibrationBin.BINS), 0, CalibrationBin.BINS - 1);
                counts[bin]++;
                plddt[bin] += confidence;
                lddt[bin] += value.getAsDouble();
            }
        }
        List<CalibrationBin> bins = new ArrayList<>();
        for (int bin = 0; bin < counts.length; bin++) {
            bins.add(new CalibrationBin(counts[bin], plddt[bin], lddt[bin]));
        }
        return bins;
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
