package org.anfinsen.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.ResidueCode;
import org.anfinsen.msa.coevolution.PredictedContact;
import org.anfinsen.msa.profile.AlignmentCoverage;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYBarDataset;

/** What an alignment has to say about each residue and each pair of them. */
public final class AlignmentPlots {

    /** More rows than the picture has pixels are drawn one for several. */
    private static final int ROWS_DRAWN_MAX = 600;

    private static final double BITS_MAX = Math.log(20) / Math.log(2);

    /** From 0 to 1, as ColabFold colours the identity to the query: red, yellow, green, blue, violet. */
    private static final List<Color> IDENTITY = List.of(
            new Color(0xff0000), new Color(0xffbf00), new Color(0x40ff00), new Color(0x00bfff), new Color(0x4000ff));

    private AlignmentPlots() {}

    /**
     * The coverage plot as ColabFold draws it: every row as a line in the colour of its identity to the query, the most
     * similar on top, gaps white, and the number of rows at each residue as a black line.
     */
    public static Plot coverage(Alignment alignment) {
        AlignmentCoverage coverage = AlignmentCoverage.of(alignment);
        ColourScale scale = new ColourScale(0, 1, IDENTITY);
        NumberAxis rows = new NumberAxis("Sequences");
        rows.setRange(new Range(0, alignment.rows()));
        rows.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        double[][] depth = new double[2][alignment.columns()];
        for (int i = 0; i < alignment.columns(); i++) {
            depth[0][i] = i + 1;
            depth[1][i] = coverage.depth().get(i);
        }
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("depth", depth);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, Color.BLACK);
        renderer.setSeriesStroke(0, new BasicStroke(1.5f));
        XYPlot plot = new XYPlot(data, Plot.residueAxis("Residue", alignment.columns()), rows, renderer);
        plot.getRenderer()
                .addAnnotation(
                        new XYDataImageAnnotation(
                                rows(alignment, coverage, scale), 0.5, 0, alignment.columns(), alignment.rows()),
                        Layer.BACKGROUND);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        Plot picture = new Plot(
                "Sequence coverage: " + alignment.rows() + (alignment.rows() == 1 ? " row" : " rows"), plot, 640, 400);
        picture.addLegend(scale.legend("Identity to the query"));
        return picture;
    }

    private static BufferedImage rows(Alignment alignment, AlignmentCoverage coverage, ColourScale scale) {
        List<Integer> order = coverage.rowsByIdentity();
        int height = Math.min(order.size(), ROWS_DRAWN_MAX);
        BufferedImage image = new BufferedImage(alignment.columns(), height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            int row = order.get((int) ((long) y * order.size() / height));
            int colour = scale.colour(coverage.rows().get(row).identity()).getRGB();
            for (int column = 0; column < alignment.columns(); column++) {
                boolean gap = alignment.at(row, column) == ResidueCode.GAP;
                image.setRGB(column, y, gap ? Color.WHITE.getRGB() : colour);
            }
        }
        return image;
    }

    /**
     * How conserved each residue is, and which share of the rows has one there.
     *
     * @param conservationBits {@code [N_res]}, 0 to log2(20)
     * @param occupancy        {@code [N_res]}, 0 to 1
     */
    public static Plot conservation(double[] conservationBits, double[] occupancy) {
        double[][] bits = new double[2][conservationBits.length];
        double[][] shares = new double[2][conservationBits.length];
        for (int i = 0; i < conservationBits.length; i++) {
            bits[0][i] = i + 1;
            bits[1][i] = conservationBits[i];
            shares[0][i] = i + 1;
            shares[1][i] = occupancy[i] * BITS_MAX;
        }
        DefaultXYDataset bars = new DefaultXYDataset();
        bars.addSeries("conservation", bits);
        XYBarRenderer renderer = new XYBarRenderer();
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, new Color(0x2171b5));
        XYPlot plot = new XYPlot(
                new XYBarDataset(bars, 0.9),
                Plot.residueAxis("Residue", conservationBits.length),
                Plot.axis("Conservation (bits)", 0, BITS_MAX, 1),
                renderer);
        DefaultXYDataset line = new DefaultXYDataset();
        line.addSeries("occupancy", shares);
        XYLineAndShapeRenderer lineRenderer = new XYLineAndShapeRenderer(true, false);
        lineRenderer.setSeriesPaint(0, new Color(0xff7d45));
        plot.setDataset(1, line);
        plot.setRenderer(1, lineRenderer);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        return new Plot("Conservation (bars) and share of rows without a gap (line, 0 to 1)", plot, 640, 280);
    }

    /** Probabilities of contacts, {@code [N_res, N_res]}; pairs that are not in the list are white. */
    public static Plot contacts(List<PredictedContact> contacts, int nRes) {
        double[][] probability = new double[nRes][nRes];
        for (PredictedContact contact : contacts) {
            probability[contact.i()][contact.j()] = contact.probability();
            probability[contact.j()][contact.i()] = contact.probability();
        }
        return PairMap.draw(
                "Contacts from coevolution",
                "Residue",
                "Residue",
                "Probability of C-beta atoms within 8 Å",
                nRes,
                (i, j) -> probability[i][j],
                0,
                1,
                Color.WHITE,
                new Color(0x9ecae1),
                new Color(0x2171b5),
                new Color(0x08306b));
    }
}
