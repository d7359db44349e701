package org.anfinsen.pipeline.plot;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Colours between two values. */
record ColourScale(double low, double high, List<Color> colours) implements PaintScale {

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

    /** The scale beside a picture. */
    PaintScaleLegend legend(String label) {
        PaintScaleLegend legend = new PaintScaleLegend(this, new NumberAxis(label));
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setMargin(new RectangleInsets(20, 5, 45, 5));
        legend.setBackgroundPaint(Color.WHITE);
        return legend;
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
