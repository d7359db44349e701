package org.anfinsen.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anfinsen.structure.geometry.Vector3;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.statistics.HistogramDataset;
import org.jfree.data.xy.DefaultXYDataset;

/** What a benchmark shows: distributions, one score against another, and structures laid over each other. */
public final class BenchmarkPlots {

    private static final Color BLUE = new Color(0x0053d6);
    private static final Color GREY = new Color(0x999999);
    private static final Color[] COLOURS = {
        new Color(0, 83, 214, 150),
        new Color(255, 125, 69, 150),
        new Color(65, 171, 93, 150),
        new Color(136, 86, 167, 150),
        new Color(80, 80, 80, 150),
        new Color(201, 148, 199, 150)
    };
    private static final int BINS = 20;
    private static final int WIDTH = 420;
    private static final int HEIGHT = 320;
    private static final double DOT = 5;

    private BenchmarkPlots() {}

    /**
     * How often scores between 0 and 1 occur.
     *
     * @param scores at least one
     */
    public static Plot histogram(String title, String label, double[] scores) {
        HistogramDataset data = new HistogramDataset();
        data.addSeries(label, scores, BINS, 0, 1);
        XYBarRenderer renderer = new XYBarRenderer(0.1);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, COLOURS[0]);
        NumberAxis counts = new NumberAxis("Domains");
        counts.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return new Plot(title, new XYPlot(data, Plot.axis(label, 0, 1, 0.1), counts, renderer), WIDTH, HEIGHT);
    }

    /**
     * Scores between 0 and 1 against anything.
     *
     * @param series by name, {@code [2, n]}: x and y
     */
    public static Plot against(String title, String xLabel, String yLabel, Map<String, double[][]> series) {
        NumberAxis x = new NumberAxis(xLabel);
        x.setAutoRangeIncludesZero(false);
        return scatter(title, x, yLabel, series, false);
    }

    /** Scores between 0 and 1 against others of the kind, with the diagonal on which both are equal. */
    public static Plot versus(String title, String xLabel, String yLabel, Map<String, double[][]> series) {
        return scatter(title, Plot.axis(xLabel, 0, 1, 0.2), yLabel, series, true);
    }

    private static Plot scatter(
            String title, NumberAxis x, String yLabel, Map<String, double[][]> series, boolean diagonal) {
        DefaultXYDataset data = new DefaultXYDataset();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        series.forEach((name, points) -> {
            int index = data.getSeriesCount();
            data.addSeries(name, points);
            renderer.setSeriesPaint(index, COLOURS[index % COLOURS.length]);
            renderer.setSeriesShape(index, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
        });
        LegendItemCollection legend = new XYPlot(data, x, x, renderer).getLegendItems();
        if (diagonal) {
            addLine(data, renderer, "equal", new double[][] {{0, 1}, {0, 1}}, GREY);
        }
        Plot plot = new Plot(title, new XYPlot(data, x, Plot.axis(yLabel, 0, 1, 0.2), renderer), WIDTH, HEIGHT);
        if (series.size() > 1) {
            LegendTitle names = new LegendTitle(() -> legend);
            names.setPosition(RectangleEdge.BOTTOM);
            names.setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 9));
            plot.addLegend(names);
        }
        return plot;
    }

    /**
     * What pLDDT promised against what was measured.
     *
     * @param promised mean pLDDT of each bin that has residues, 0-100
     * @param measured mean lDDT of the same, 0-1
     */
    public static Plot calibration(double[] promised, double[] measured) {
        DefaultXYDataset data = new DefaultXYDataset();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        addLine(
                data,
                renderer,
                "measured",
                new double[][] {
                    promised.clone(),
                    Arrays.stream(measured).map(value -> 100 * value).toArray()
                },
                BLUE);
        renderer.setSeriesShapesVisible(0, true);
        addLine(data, renderer, "equal", new double[][] {{0, 100}, {0, 100}}, GREY);
        XYPlot plot = new XYPlot(
                data,
                Plot.axis("pLDDT (0-100)", 0, 100, 20),
                Plot.axis("lDDT over C-alpha (0-100)", 0, 100, 20),
                renderer);
        return new Plot("Is pLDDT right?", plot, WIDTH, HEIGHT);
    }

    /**
     * C-alpha traces of two structures that were superposed, seen along the native's shortest axis.
     *
     * @param reference the native, grey
     * @param model     the model after the superposition, blue
     */
    public static Plot superposition(String title, List<Vector3> reference, List<Vector3> model) {
        PrincipalAxes axes = PrincipalAxes.of(reference);
        DefaultXYDataset data = new DefaultXYDataset();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        addLine(data, renderer, "model", axes.project(model), BLUE);
        addLine(data, renderer, "native", axes.project(reference), GREY);
        NumberAxis x = new NumberAxis();
        NumberAxis y = new NumberAxis();
        x.setVisible(false);
        y.setVisible(false);
        double extent = axes.extent(reference, model);
        x.setRange(-extent, extent);
        y.setRange(-extent, extent);
        XYPlot plot = new XYPlot(data, x, y, renderer);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        return new Plot(title, plot, HEIGHT, HEIGHT);
    }

    private static void addLine(
            DefaultXYDataset data, XYLineAndShapeRenderer renderer, String name, double[][] points, Color colour) {
        int index = data.getSeriesCount();
        data.addSeries(name, points);
        renderer.setSeriesLinesVisible(index, true);
        renderer.setSeriesShapesVisible(index, false);
        renderer.setSeriesPaint(index, colour);
        renderer.setSeriesStroke(index, new BasicStroke(2));
    }
}
