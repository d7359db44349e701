package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.anfinsen.service.comparison.ComparisonFigures;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.StructureComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anfinsen compare}: scores of a model against the native structure. */
@Command(
        name = "compare",
        description =
                "Scores a model against the native structure: RMSD in Å, GDT, TM-score, lDDT of the C-alpha atoms and"
                        + " of all atoms, 0 to 1. Files are PDB or mmCIF; their first chains are compared.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Residues are matched by their numbers, or by an alignment of the sequences where those disagree.",
            "",
            "Examples:",
            "  anfinsen compare out/1abc_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb 1abc.cif.gz",
            "  anfinsen compare model.pdb native.pdb --json | jq .tm_score"
        })
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The prediction")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "NATIVE", description = "The structure it is measured by")
    private Path reference = Path.of("");

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Map<String, Object> scores = scores();
        String text = scores.entrySet().stream()
                .map(score -> String.format("%-16s %s", score.getKey(), score.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        output.print(text, scores);
        return ExitCode.OK;
    }

    private Map<String, Object> scores() {
        ProteinStructure first = read(model);
        ProteinStructure second = read(reference);
        ComparisonScores scores;
        try {
            scores = StructureComparison.compare(first, second);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, model + " and " + reference + " cannot be compared: " + e.getMessage());
        }
        return ComparisonFigures.of(scores).named();
    }

    private static ProteinStructure read(Path file) {
        try {
            return StructureReader.readFirstChain(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(ExitCode.USAGE, file + ": there is no such file");
        } catch (StructureFormatException e) {
            throw new CommandFailedException(e);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.USAGE, file + ": " + e.getMessage());
        }
    }
}
