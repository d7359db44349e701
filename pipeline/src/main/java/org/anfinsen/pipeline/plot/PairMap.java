package org.anfinsen.pipeline.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/** A value for each pair of residues as a coloured square map, residue i downwards and j to the right. */
final class PairMap {

    private static final int SIDE = 480;

    private PairMap() {}

    /** The value of a pair. */
    @FunctionalInterface
    interface Value {
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
        picture.addLegend(legend(scale, valueLabel));
        return picture;
    }

    private static PaintScaleLegend legend(PaintScale scale, String label) {
        PaintScaleLegend legend = new PaintScaleLegend(scale, new NumberAxis(label));
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setMargin(new RectangleInsets(20, 5, 45, 5));
        legend.setBackgroundPaint(Color.WHITE);
        return legend;
    }

    /** Colours between two values. */
    private record ColourScale(double low, double high, List<Color> colours) implements PaintScale {

        @Override
        public double getLowerBound() {
            return low;
        }

        @Override
        public double getUpperBound() {
            return high;
        }

        @Override
        public Color getPaint(double value) {
            return colour(value);
        }

        Color colour(double value) {
            double position = Math.clamp((value - low) / (high - low), 0, 1) * (colours.size() - 1);
            int below = Math.min((int) position, colours.size() - 2);
            double share = position - below;
            return new Color(
                    mix(colours.get(below).getRed(), colours.get(below + 1).getRed(), share),
                    mix(colours.get(below).getGreen(), colours.get(below + 1).getGreen(), share),
                    mix(colours.get(below).getBlue(), colours.get(below + 1).getBlue(), share));
        }

        private static int mix(int a, int b, double share) {
            return (int) Math.round(a + share * (b - a));
        }
    }
}
