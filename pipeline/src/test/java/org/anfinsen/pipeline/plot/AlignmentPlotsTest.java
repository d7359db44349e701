package org.anfinsen.pipeline.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.coevolution.PredictedContact;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class AlignmentPlotsTest {

    private static final int BLUE_VIOLET = 0x4000ff;
    private static final int RED = 0xff0000;

    /** The query over the whole length, and a row that covers its first half and shares no residue with it. */
    private static Alignment half() {
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", "A".repeat(40)));
        return builder.add("h", "C".repeat(20) + "-".repeat(20)).build();
    }

    private static BufferedImage image(Plot plot) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(plot.png()));
    }

    /** Pixels of a colour in a part of a picture, from one share of its width to another. */
    private static int count(BufferedImage image, int colour, double from, double to) {
        int count = 0;
        for (int x = (int) (from * image.getWidth()); x < (int) (to * image.getWidth()); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void drawsRowsInTheColourOfTheirIdentityAndGapsWhite() throws IOException {
        BufferedImage image = image(AlignmentPlots.coverage(half()));
        int left = count(image, BLUE_VIOLET, 0.1, 0.4);
        int right = count(image, BLUE_VIOLET, 0.5, 0.8);
        assertThat(left).isGreaterThan(10_000);
        assertThat(right).isGreaterThan(10_000);
        assertThat(count(image, RED, 0.1, 0.4)).isGreaterThan(10_000);
        assertThat(count(image, RED, 0.5, 0.8)).isZero();
    }

    @Test
    void drawsAsManyRowsAsThereArePixelsOfALargeAlignment() throws IOException {
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", "A".repeat(30)));
        for (int row = 0; row < 5_000; row++) {
            builder.add("r" + row, "C".repeat(30));
        }
        assertThat(count(image(AlignmentPlots.coverage(builder.build())), RED, 0.1, 0.8))
                .isGreaterThan(100_000);
    }

    @Test
    void drawsTallBarsWhereEveryRowAgrees() throws IOException {
        double[] bits = new double[20];
        double[] occupancy = new double[20];
        Arrays.fill(bits, 0, 10, 4.3);
        Arrays.fill(bits, 10, 20, 1.5);
        Arrays.fill(occupancy, 1);
        BufferedImage image = image(AlignmentPlots.conservation(bits, occupancy));
        int bar = 0x2171b5;
        assertThat(count(image, bar, 0.1, 0.5)).isGreaterThan(3 * count(image, bar, 0.55, 0.95) / 2);
    }

    @Test
    void drawsContactsOnBothSidesOfTheDiagonal() throws IOException {
        Plot plot = AlignmentPlots.contacts(List.of(new PredictedContact(2, 17, 1)), 20);
        assertThat(count(image(plot), 0x08306b, 0.1, 0.3)).isGreaterThan(100);
        assertThat(count(image(plot), 0x08306b, 0.6, 0.8)).isGreaterThan(100);
        assertThat(new String(plot.svg(), StandardCharsets.UTF_8)).contains("<svg");
    }
}
