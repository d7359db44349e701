package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.anfinsen.pipeline.job.Artifact;
import org.junit.jupiter.api.Test;

class ResultPlotsTest {

    private static final String RR = """
            PFRMAT RR
            TARGET four
            AUTHOR Anfinsen
            METHOD none
            MODEL 1
            KGAVKGAVKGAV
            1 9 0 8 0.9000
            END
            """;
    private static final String CONSERVATION = """
            residue_number,residue,conservation_bits,occupancy
            1,LYS,4.300,1.000
            2,GLY,0.200,0.500
            """;

    @Test
    void drawsEveryPlotOfAResultInBothFormats() throws IOException {
        List<Artifact> plots = ResultPlots.drawAll(ArtifactWriterTest.artifacts(true));

        assertThat(plots.stream().map(Artifact::name))
                .containsExactly(
                        "plots/plddt.png",
                        "plots/plddt.svg",
                        "plots/pae.png",
                        "plots/pae.svg",
                        "plots/distogram.png",
                        "plots/distogram.svg",
                        "plots/ramachandran.png",
                        "plots/ramachandran.svg",
                        "plots/coverage.png",
                        "plots/coverage.svg");
        for (Artifact plot : plots) {
            if (plot.name().endsWith(".png")) {
                assertThat(plot.mediaType()).isEqualTo("image/png");
                assertThat(ImageIO.read(new ByteArrayInputStream(plot.content()))
                                .getWidth())
                        .as(plot.name())
                        .isGreaterThan(500);
            } else {
                assertThat(plot.mediaType()).isEqualTo("image/svg+xml");
                assertThat(new String(plot.content(), StandardCharsets.UTF_8))
                        .as(plot.name())
                        .contains("<svg");
            }
        }
    }

    @Test
    void hasNoPlotOfAFileThatIsNotThere() {
        List<String> files =
                ArtifactWriterTest.artifacts(false).stream().map(Artifact::name).toList();
        assertThat(ResultPlots.names(files)).contains("plots/plddt.svg").doesNotContain("plots/pae.svg");
        assertThat(ResultPlots.source("plots/pae.gif")).isEmpty();
        assertThatThrownBy(() -> ResultPlots.draw("plots/none.svg", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void drawsWhatAnAlignmentSays() {
        assertThat(ResultPlots.names(List.of("features/msa.a3m", "contacts.csv", "conservation.csv")))
                .contains("plots/coverage.svg", "plots/conservation.png", "plots/contacts.svg");
        assertThat(svg("plots/contacts.svg", RR)).contains("Contacts from coevolution");
        assertThat(svg("plots/conservation.svg", CONSERVATION)).contains("Conservation (bars)");
        assertThat(svg("plots/coverage.svg", ">q\nKGAV\n>h\nKG-V\n")).contains("Sequence coverage: 2 rows");
        assertThat(svg("plots/coverage.svg", ">q\nKGAV\n")).contains("Sequence coverage: 1 row");
        assertThatThrownBy(() -> svg("plots/coverage.svg", ">q\nK1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("msa.a3m");
    }

    private static String svg(String name, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return new String(ResultPlots.draw(name, bytes).content(), StandardCharsets.UTF_8);
    }
}
