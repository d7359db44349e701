package org.anfinsen.pipeline.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.anfinsen.pipeline.benchmark.NativeDomain;
import org.anfinsen.pipeline.plot.BenchmarkPlots;
import org.anfinsen.pipeline.plot.Plot;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.ResidueMatching;
import org.anfinsen.structure.score.StructureComparison;

/** Draws a model on its native: the residues that both have, superposed as TM-score superposes them. */
final class Superposed {

    private Superposed() {}

    static Plot draw(NativeDomain domain, byte[] modelPdb) throws StructureFormatException {
        ProteinStructure reference = StructureReader.read(
                        domain.name(), domain.content().getBytes(StandardCharsets.UTF_8))
                .getFirst();
        ProteinStructure model = StructureReader.read("model", modelPdb).getFirst();
        ComparisonScores scores = StructureComparison.compare(model, reference);
        ProteinStructure moved = model.moved(scores.superposition());
        int[] compared = ResidueMatching.of(model, reference).pairs().stream()
                .mapToInt(ResidueMatching.Pair::model)
                .toArray();
        String title =
                String.format(Locale.ROOT, "%s: TM %.2f, GDT_TS %.2f", domain.name(), scores.tmScore(), scores.gdtTs());
        return BenchmarkPlots.superposition(
                title, trace(reference, IntStream.range(0, reference.length()).toArray()), trace(moved, compared));
    }

    private static List<Vector3> trace(ProteinStructure structure, int... residues) {
        return IntStream.of(residues)
                .filter(residue -> structure.positions().isPresent(residue, Atom.CA))
                .mapToObj(residue -> structure.positions().at(residue, Atom.CA))
                .toList();
    }
}
