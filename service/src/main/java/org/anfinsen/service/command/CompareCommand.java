package org.anfinsen.service.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anfinsen.structure.file.StructureFormatException;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.ComparisonScores;
import org.anfinsen.structure.score.StructureComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code anfinsen compare}: scores of a model against the native structure. */
@Command(
        name = "compare",
        description =
                "Scores a model against the native structure: RMSD in Å, GDT, TM-score, lDDT of the C-alpha atoms and"
                        + " of all atoms, 0 to 1. Files are PDB or mmCIF; their first chains are compared.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  anfinsen compare out/t1024_unrelaxed_rank_001_anfinsen-1_seed_000.pdb native.pdb"})
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The prediction")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "NATIVE", description = "The structure it is measured by")
    private Path reference = Path.of("");

    @Option(names = "--json", description = "One JSON object on standard output")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Map<String, Object> scores = scores();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(scores));
        } else {
            scores.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
        }
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
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("rmsd", rounded(scores.rmsd(), 3));
        named.put("gdt_ts", rounded(scores.gdtTs(), 4));
        named.put("gdt_ha", rounded(scores.gdtHa(), 4));
        named.put("tm_score", rounded(scores.tmScore(), 4));
        named.put("lddt", rounded(scores.lddt(), 4));
        scores.lddtAllAtoms().ifPresent(value -> named.put("lddt_all_atoms", rounded(value, 4)));
        named.put("residues_compared", scores.matched());
        named.put("model_length", scores.modelLength());
        named.put("native_length", scores.nativeLength());
        named.put("matched_by", scores.byNumber() ? "residue numbers" : "alignment of the sequences");
        return named;
    }

    private static ProteinStructure read(Path file) {
        try {
            return StructureReader.readFirstChain(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(ExitCode.USAGE, file + ": there is no such file");
        } catch (StructureFormatException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.USAGE, file + ": " + e.getMessage());
        }
    }

    private static double rounded(double value, int digits) {
        return Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
