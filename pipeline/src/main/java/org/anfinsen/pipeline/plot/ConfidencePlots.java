package org.anfinsen.pipeline.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.List;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.DefaultXYDataset;

/** How far each part of a prediction can be trusted, in AlphaFold's colours. */
public final class ConfidencePlots {

    /** The confidence classes of the AlphaFold database, in an order that makes every picture the same. */
    private static final List<ConfidenceClass> CLASSES = List.of(
            new ConfidenceClass(90, 100, new Color(0x0053d6)),
            new ConfidenceClass(70, 90, new Color(0x65cbf3)),
            new ConfidenceClass(50, 70, new Color(0xffdb13)),
            new ConfidenceClass(0, 50, new Color(0xff7d45)));

    private static final int DISTANCE_LABEL_MAX_ANGSTROM = 22;

    /** The centre of the head's last bin. */
    private static final double ERROR_LABEL_MAX_ANGSTROM = 31.75;

    private ConfidencePlots() {}

    /** pLDDT (0-100) from and to which a colour stands. */
    private record ConfidenceClass(double from, double to, Color colour) {}

    /** pLDDT along the chain, over bands in the colours of its classes. */
    public static Plot plddt(double[] plddt) {
        double[][] values = new double[2][plddt.length];
        for (int i = 0; i < plddt.length; i++) {
            values[0][i] = i + 1;
            values[1][i] = plddt[i];
        }
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("pLDDT", values);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, new Color(0x222222));
        renderer.setSeriesStroke(0, new BasicStroke(1.5f));
        XYPlot plot = new XYPlot(
                data, Plot.residueAxis("Residue", plddt.length), Plot.axis("pLDDT (0-100)", 0, 100, 10), renderer);
        for (ConfidenceClass confidence : CLASSES) {
            IntervalMarker band = new IntervalMarker(confidence.from(), confidence.to());
            band.setPaint(confidence.colour());
            band.setAlpha(0.25f);
            plot.addRangeMarker(band, Layer.BACKGROUND);
        }
        return new Plot("Predicted lDDT per residue", plot, 640, 280);
    }

    /**
     * Expected position error of residue j when aligned on residue i.
     *
     * @param angstrom {@code [N_res, N_res]}
     */
    public static Plot predictedAlignedError(double[][] angstrom) {
        return PairMap.draw(
                "Predicted aligned error",
                "Aligned residue",
                "Scored residue",
                "Expected position error (Å)",
                angstrom.length,
                (i, j) -> angstrom[i][j],
                0,
                ERROR_LABEL_MAX_ANGSTROM,
                new Color(0x00441b),
                new Color(0x41ab5d),
                new Color(0xc7e9c0),
                Color.WHITE);
    }

    /** Expected distance between the C-beta atoms of each pair of N_res residues, in Å, as the distogram sees it. */
    public static Plot distogram(int nRes, PairMap.Value angstrom) {
        return PairMap.draw(
                "Distogram: expected C-beta distance",
                "Residue",
                "Residue",
                "Distance (Å)",
                nRes,
                angstrom,
                2,
                DISTANCE_LABEL_MAX_ANGSTROM,
                new Color(0x08306b),
                new Color(0x2171b5),
                new Color(0x9ecae1),
                Color.WHITE);
    }

    /**
     * Ramachandran plot: phi against psi of every residue that has both.
     *
     * @param phiDegrees {@code [N_res]}, NaN where there is none
     * @param psiDegrees likewise
     */
    public static Plot ramachandran(double[] phiDegrees, double[] psiDegrees) {
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("residues", new double[][] {phiDegrees.clone(), psiDegrees.clone()});
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesPaint(0, new Color(0, 83, 214, 150));
        renderer.setSeriesShape(0, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
        XYPlot plot = new XYPlot(
                data, Plot.axis("phi (degrees)", -180, 180, 60), Plot.axis("psi (degrees)", -180, 180, 60), renderer);
        return new Plot("Ramachandran plot", plot, 440, 440);
    }
}
