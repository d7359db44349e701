package org.anfinsen.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultFileNamesTest {

    private final ResultFileNames names = ResultFileNames.of("sp|P0CG48|UBC 1", "anfinsen-1", 7);

    @Test
    void followsColabFold() {
        assertThat(names.of("structure.pdb"))
                .isEqualTo("sp_P0CG48_UBC_1_unrelaxed_rank_001_anfinsen-1_model_1_seed_007.pdb");
        assertThat(names.of("structure.cif"))
                .isEqualTo("sp_P0CG48_UBC_1_unrelaxed_rank_001_anfinsen-1_model_1_seed_007.cif");
        assertThat(names.of("scores.json"))
                .isEqualTo("sp_P0CG48_UBC_1_scores_rank_001_anfinsen-1_model_1_seed_007.json");
        assertThat(names.of("predicted_aligned_error_v1.json"))
                .isEqualTo("sp_P0CG48_UBC_1_predicted_aligned_error_v1.json");
        assertThat(names.of("features/msa.a3m")).isEqualTo("sp_P0CG48_UBC_1.a3m");
        assertThat(names.of("plots/pae.png")).isEqualTo("sp_P0CG48_UBC_1_pae.png");
        assertThat(names.done()).isEqualTo("sp_P0CG48_UBC_1.done.txt");
        assertThat(names.zip()).isEqualTo("sp_P0CG48_UBC_1.result.zip");
    }

    /** Scripts take {@code rank_001_alphafold2_ptm_model_3_seed_000} apart. */
    @ParameterizedTest
    @CsvSource({
        "model_3_ptm, alphafold2_ptm_model_3_seed_000",
        "model_1, alphafold2_model_1_seed_000",
        "my_model_2, my_model_2_seed_000",
        "my_model_2_ptm, my_model_2_ptm_model_1_seed_000",
        "anfinsen-1, anfinsen-1_model_1_seed_000"
    })
    void givesEveryModelATypeAndANumber(String model, String tag) {
        assertThat(ResultFileNames.of("x", model, 0).tag()).isEqualTo(tag);
    }

    @Test
    void namesWhatColabFoldDoesNotWriteByWhatItIs() {
        assertThat(names.of("distogram.npz"))
                .isEqualTo("distogram_rank_001_anfinsen-1_model_1_seed_007_sp_P0CG48_UBC_1.npz");
        assertThat(names.of("torsions.csv"))
                .isEqualTo("torsions_rank_001_anfinsen-1_model_1_seed_007_sp_P0CG48_UBC_1.csv");
    }

    @Test
    void lookAlikesOfTheStructureAreOnlyColabFolds() {
        String structure = stem(names.of("structure.pdb"));
        for (String artifact : List.of(
                "distogram.npz",
                "pae.json",
                "dssp.json",
                "torsions.json",
                "secondary_structure.json",
                "contacts.csv")) {
            String name = stem(names.of(artifact));
            assertThat(name).doesNotEndWith(structure.substring(structure.length() - 6));
            assertThat(name).doesNotStartWith(structure.substring(0, 6));
        }
        assertThat(stem(names.of("scores.json"))).isEqualTo(structure.replace("_unrelaxed_", "_scores_"));
    }

    private static String stem(String fileName) {
        return fileName.substring(0, fileName.lastIndexOf('.'));
    }

    @Test
    void sharesNoFileWithOtherPredictionsOfTheChain() {
        ResultFileNames third = ResultFileNames.of("x", "model_1", 2).ranked(3);

        assertThat(third.of("structure.pdb")).isEqualTo("x_unrelaxed_rank_003_alphafold2_model_1_seed_002.pdb");
        assertThat(third.of("scores.json")).isEqualTo("x_scores_rank_003_alphafold2_model_1_seed_002.json");
        assertThat(third.of("predicted_aligned_error_v1.json"))
                .isEqualTo("predicted_aligned_error_v1_rank_003_alphafold2_model_1_seed_002_x.json");
        assertThat(third.of("features/msa.a3m")).isEqualTo("msa_rank_003_alphafold2_model_1_seed_002_x.a3m");
        assertThat(third.of("plots/pae.png")).isEqualTo("pae_rank_003_alphafold2_model_1_seed_002_x.png");
        assertThat(third.zip()).isEqualTo("x_rank_003_alphafold2_model_1_seed_002.result.zip");
        assertThat(third.done()).isEqualTo("x.done.txt");
        assertThat(third.ranking()).isEqualTo("ranking_debug_x.json");
    }

    @Test
    void leavesTheRankOutUntilItIsKnown() {
        ResultFileNames waiting = ResultFileNames.of("x", "model_1", 2).unranked();

        assertThat(waiting.of("structure.pdb")).isEqualTo("x_unrelaxed_alphafold2_model_1_seed_002.pdb");
        assertThat(waiting.of("plots/pae.png")).isEqualTo("pae_alphafold2_model_1_seed_002_x.png");
        assertThat(waiting.done()).isEqualTo("x_alphafold2_model_1_seed_002.done.txt");
    }

    @Test
    void keepsPathsInsideTheFolder() {
        ResultFileNames hostile = ResultFileNames.of("../../etc/passwd", "m", 0);

        assertThat(hostile.of("structure.pdb")).doesNotContain("/").doesNotStartWith(".");
        assertThat(ResultFileNames.of("é\u0000\n\"", "m", 0).job()).isEqualTo("____");
    }

    @Test
    void cutsLongNames() {
        assertThat(ResultFileNames.of("a".repeat(1000), "m", 0)
                        .of("structure.pdb")
                        .length())
                .isLessThan(255);
    }
}
