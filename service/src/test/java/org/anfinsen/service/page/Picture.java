package org.anfinsen.service.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import javax.imageio.ImageIO;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/**
 * Where an element of the page shows a structure: the pixels in strong colours, left of the viewer's own buttons.
 *
 * @param structure one bit a pixel
 */
record Picture(BitSet structure) {

    private static final double SATURATION_MIN = 0.35;
    private static final double BUTTONS_FROM = 0.85;

    static Picture of(WebElement element) {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(element.getScreenshotAs(OutputType.BYTES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BitSet structure = new BitSet();
        int width = (int) (BUTTONS_FROM * image.getWidth());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                Color colour = new Color(image.getRGB(x, y));
                float[] hsb = Color.RGBtoHSB(colour.getRed(), colour.getGreen(), colour.getBlue(), null);
                structure.set(y * width + x, hsb[1] > SATURATION_MIN);
            }
        }
        return new Picture(structure);
    }

    int pixels() {
        return structure.cardinality();
    }

    /** Pixels that both pictures have, of those that either has: 1 for the same view. */
    double overlap(Picture other) {
        BitSet both = (BitSet) structure.clone();
        both.and(other.structure);
        BitSet either = (BitSet) structure.clone();
        either.or(other.structure);
        return (double) both.cardinality() / either.cardinality();
    }
}
