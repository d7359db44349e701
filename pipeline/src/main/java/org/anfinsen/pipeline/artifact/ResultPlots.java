package org.anfinsen.pipeline.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.coevolution.PredictedContact;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.plot.AlignmentPlots;
import org.anfinsen.pipeline.plot.ConfidencePlots;
import org.anfinsen.pipeline.plot.Plot;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pictures of a result as SVG and PNG, {@code plots/plddt.svg} and so on, drawn from its files when they are asked for:
 * drawing them takes longer than a small prediction, and most are never looked at.
 */
public final class ResultPlots {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FOLDER = "plots/";
    private static final List<String> FORMATS = List.of("png", "svg");

    /** A picture and the file that it shows. */
    private enum Picture {
        PLDDT("scores.json"),
        PAE("predicted_aligned_error_v1.json"),
        DISTOGRAM("distogram.npz"),
        RAMACHANDRAN("torsions.json"),
        CONSERVATION("conservation.csv"),
        CONTACTS("contacts.csv"),
        /** Also of the query alone: ColabFold's notebooks read the file whether there are homologues or not. */
        COVERAGE("features/msa.a3m");

        private final String source;

        Picture(String source) {
            this.source = source;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ResultPlots() {}

    /** The names of the plots that can be drawn of a result with these files. */
    public static List<String> names(Collection<String> files) {
        List<String> names = new ArrayList<>();
        for (Picture picture : Picture.values()) {
            if (files.contains(picture.source)) {
                FORMATS.forEach(format -> names.add(FOLDER + picture.title() + "." + format));
            }
        }
        return names;
    }

    /** The file that a plot shows; empty if there is no plot of that name. */
    public static Optional<String> source(String name) {
        return picture(name).map(picture -> picture.source);
    }

    /** The media type of a plot. */
    public static String mediaType(String name) {
        return name.endsWith(".svg") ? "image/svg+xml" : "image/png";
    }

    /** All plots of a result. */
    public static List<Artifact> drawAll(List<Artifact> files) {
        List<Artifact> plots = new ArrayList<>();
        for (String name : names(files.stream().map(Artifact::name).toList())) {
            String source = source(name).orElseThrow();
            files.stream()
                    .filter(file -> file.name().equals(source))
                    .forEach(file -> plots.add(draw(name, file.content())));
        }
        return plots;
    }

    /**
     * Draws a plot.
     *
     * @param name   one of {@link #names}
     * @param source the content of the file that it shows
     * @throws IllegalArgumentException if there is no such plot, or the file is not one of {@link ArtifactWriter}'s
     */
    public static Artifact draw(String name, byte[] source) {
        Plot plot = plot(picture(name).orElseThrow(() -> new IllegalArgumentException("no plot " + name)), source);
        return new Artifact(name, mediaType(name), name.endsWith(".svg") ? plot.svg() : plot.png());
    }

    private static Optional<Picture> picture(String name) {
        return Arrays.stream(Picture.values())
                .filter(picture ->
                        FORMATS.stream().anyMatch(format -> name.equals(FOLDER + picture.title() + "." + format)))
                .findFirst();
    }

    private static Plot plot(Picture picture, byte[] source) {
        return switch (picture) {
            case PLDDT -> ConfidencePlots.plddt(numbers(JSON.readTree(source).path("plddt")));
            case PAE ->
                ConfidencePlots.predictedAlignedError(JSON.readTree(source)
                        .path("predicted_aligned_error")
                        .valueStream()
                        .map(ResultPlots::numbers)
                        .toArray(double[][]::new));
            case DISTOGRAM -> {
                StoredDistogram distogram = StoredDistogram.read(source);
                yield ConfidencePlots.distogram(distogram.length(), distogram::expectedDistanceAngstrom);
            }
            case RAMACHANDRAN -> {
                JsonNode torsions = JSON.readTree(source);
                yield ConfidencePlots.ramachandran(numbers(torsions.path("phi")), numbers(torsions.path("psi")));
            }
            case CONSERVATION -> conservation(lines(source));
            case CONTACTS -> contacts(lines(source));
            case COVERAGE -> AlignmentPlots.coverage(alignment(source));
        };
    }

    /** NaN where there is none. */
    private static double[] numbers(JsonNode array) {
        return array.valueStream()
                .mapToDouble(number -> number.asDouble(Double.NaN))
                .toArray();
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    private static Plot conservation(List<String> lines) {
        double[] bits = new double[lines.size() - 1];
        double[] occupancy = new double[bits.length];
        for (int i = 0; i < bits.length; i++) {
            String[] fields = lines.get(i + 1).split(",", -1);
            bits[i] = Double.parseDouble(fields[2]);
            occupancy[i] = Double.parseDouble(fields[3]);
        }
        return AlignmentPlots.conservation(bits, occupancy);
    }

    /** CASP's RR format: the sequence between MODEL and the first contact gives N_res. */
    private static Plot contacts(List<String> lines) {
        int nRes = 0;
        List<PredictedContact> contacts = new ArrayList<>();
        for (String line : lines.subList(lines.indexOf("MODEL 1") + 1, lines.indexOf("END"))) {
            String[] fields = line.split(" ", -1);
            if (fields.length == 1) {
                nRes += line.length();
            } else {
                contacts.add(new PredictedContact(
                        Integer.parseInt(fields[0]) - 1,
                        Integer.parseInt(fields[1]) - 1,
                        Double.parseDouble(fields[4])));
            }
        }
        return AlignmentPlots.contacts(contacts, nRes);
    }

    private static Alignment alignment(byte[] a3m) {
        return switch (new AlignmentReader(AlignmentLimits.DEFAULT).read(a3m, "msa.a3m")) {
            case AlignmentResult.Accepted accepted -> accepted.alignment();
            case AlignmentResult.Refused refused -> throw new IllegalArgumentException(refused.message());
        };
    }
}
