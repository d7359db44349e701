package org.anfinsen.pipeline.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/** A value for each pair of residues as a coloured square map, residue i downwards and j to the right. */
public final class PairMap {

    private static final int SIDE = 480;

    private PairMap() {}

    /** The value of a pair, both counted from 0. */
    @FunctionalInterface
    public interface Value {
        double at(int i, int j);
    }

    /**
     * Draws the map.
     *
     * @param colours from the low end of the range to the high end, evenly spaced
     */
    static Plot draw(
            String title,
            String rowLabel,
            String columnLabel,
            String valueLabel,
            int nRes,
            Value value,
            double low,
            double high,
            Color... colours) {
        ColourScale scale = new ColourScale(low, high, List.of(colours));
        BufferedImage image = new BufferedImage(nRes, nRes, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                image.setRGB(j, i, scale.colour(value.at(i, j)).getRGB());
            }
        }
        NumberAxis columns = Plot.residueAxis(columnLabel, nRes);
        NumberAxis rows = Plot.residueAxis(rowLabel, nRes);
        rows.setInverted(true);
        XYPlot plot = new XYPlot(new DefaultXYDataset(), columns, rows, new XYLineAndShapeRenderer());
        plot.addAnnotation(new XYDataImageAnnotation(image, 0.5, 0.5, nRes, nRes));
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        Plot picture = new Plot(title, plot, SIDE + 90, SIDE);
        picture.addLegend(scale.legend(valueLabel));
        return picture;
    }
}
