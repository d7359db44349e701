package org.anfinsen.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ResultFileNamesTest {

    private final ResultFileNames names = ResultFileNames.of("sp|P0CG48|UBC 1", "anfinsen-1", 7);

    @Test
    void followsColabFold() {
        assertThat(names.of("structure.pdb")).isEqualTo("sp_P0CG48_UBC_1_unrelaxed_rank_001_anfinsen-1_seed_007.pdb");
        assertThat(names.of("structure.cif")).isEqualTo("sp_P0CG48_UBC_1_unrelaxed_rank_001_anfinsen-1_seed_007.cif");
        assertThat(names.of("scores.json")).isEqualTo("sp_P0CG48_UBC_1_scores_rank_001_anfinsen-1_seed_007.json");
        assertThat(names.of("predicted_aligned_error_v1.json"))
                .isEqualTo("sp_P0CG48_UBC_1_predicted_aligned_error_v1.json");
        assertThat(names.of("features/msa.a3m")).isEqualTo("sp_P0CG48_UBC_1.a3m");
        assertThat(names.of("plots/pae.png")).isEqualTo("sp_P0CG48_UBC_1_pae.png");
        assertThat(names.done()).isEqualTo("sp_P0CG48_UBC_1.done.txt");
        assertThat(names.zip()).isEqualTo("sp_P0CG48_UBC_1.result.zip");
    }

    @Test
    void namesWhatColabFoldDoesNotWriteAlike() {
        assertThat(names.of("distogram.npz")).isEqualTo("sp_P0CG48_UBC_1_distogram_rank_001_anfinsen-1_seed_007.npz");
        assertThat(names.of("torsions.csv")).isEqualTo("sp_P0CG48_UBC_1_torsions_rank_001_anfinsen-1_seed_007.csv");
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
