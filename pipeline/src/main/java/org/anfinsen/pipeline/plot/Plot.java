package org.anfinsen.pipeline.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.Title;
import org.jfree.data.Range;

/** A finished picture, drawn anew for each format. */
public final class Plot {

    private static final int PNG_SCALE = 2;

    private final JFreeChart chart;
    private final int width;
    private final int height;

    /**
     * Wraps a chart.
     *
     * @param width  in units of 1/72 inch; a PNG has twice as many pixels
     * @param height likewise
     */
    Plot(String title, XYPlot plot, int width, int height) {
        this.chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 14), plot, false);
        this.chart.setBackgroundPaint(Color.WHITE);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(new Color(0xdddddd));
        plot.setRangeGridlinePaint(new Color(0xdddddd));
        this.width = width;
        this.height = height;
    }

    void addLegend(Title legend) {
        chart.addSubtitle(legend);
    }

    /** The picture as PNG. */
    public byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ChartUtils.writeScaledChartAsPNG(out, chart, width, height, PNG_SCALE, PNG_SCALE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The picture as SVG. */
    public byte[] svg() {
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            new SVGProcessor()
                    .getDocument(graphics.getCommands(), new PageSize(width, height))
                    .writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An axis over residue numbers, 1 to N_res. */
    static NumberAxis residueAxis(String label, int nRes) {
        NumberAxis axis = new NumberAxis(label);
        axis.setRange(new Range(0.5, nRes + 0.5));
        int step = Math.max(1, nRes / 8);
        int magnitude = (int) Math.pow(10, Math.floor(Math.log10(step)));
        axis.setTickUnit(new NumberTickUnit((double) Math.ceilDiv(step, magnitude) * magnitude));
        return axis;
    }

    /** An axis with a fixed range and distance of ticks. */
    static NumberAxis axis(String label, double from, double to, double tick) {
        NumberAxis axis = new NumberAxis(label);
        axis.setRange(new Range(from, to));
        axis.setTickUnit(new NumberTickUnit(tick));
        return axis;
    }
}
