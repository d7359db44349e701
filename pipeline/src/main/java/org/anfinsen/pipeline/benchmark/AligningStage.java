package org.anfinsen.pipeline.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.coevolution.CaspRrWriter;
import org.anfinsen.msa.coevolution.Coevolution;
import org.anfinsen.msa.coevolution.ContactPrediction;
import org.anfinsen.msa.weight.RowWeights;

/** Measures a target's alignment, and takes contacts from it without a network: the baseline for the network's. */
public final class AligningStage implements Stage {

    private static final String AUTHOR = "Anfinsen";
    private static final String METHOD = "Coevolution: shrunk inverse covariance, average product correction";

    /** Contacts that are kept, for each residue: more than any domain's L long-range pairs ask for. */
    private static final int CONTACTS_PER_RESIDUE = 20;

    private final BenchmarkStore store;

    public AligningStage(BenchmarkStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "aligning";
    }

    @Override
    public TargetState from() {
        return TargetState.ACCEPTED;
    }

    @Override
    public void run(UUID benchmark, BenchmarkTarget target, BooleanSupplier stop) throws TargetFailedException {
        String a3m = target.a3m();
        Alignment alignment = a3m == null ? Alignment.ofQuery(target.sequence()) : read(a3m);
        AlignmentFigures figures =
                new AlignmentFigures(alignment.rows(), RowWeights.of(alignment).neff());
        String contacts = alignment.rows() < 2
                ? null
                : CaspRrWriter.write(
                        target.sequence(),
                        AUTHOR,
                        ContactPrediction.of(Coevolution.of(alignment)),
                        METHOD,
                        CONTACTS_PER_RESIDUE * alignment.columns());
        store.aligned(benchmark, target.name(), figures, contacts);
    }

    private static Alignment read(String a3m) throws TargetFailedException {
        AlignmentResult result = new AlignmentReader(AlignmentLimits.DEFAULT)
                .read(a3m.getBytes(StandardCharsets.UTF_8), "alignment.a3m");
        return switch (result) {
            case AlignmentResult.Accepted accepted -> accepted.alignment();
            case AlignmentResult.Refused refused -> throw new TargetFailedException(refused.message());
        };
    }
}
