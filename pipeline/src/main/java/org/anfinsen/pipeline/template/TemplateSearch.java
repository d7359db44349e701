package org.anfinsen.pipeline.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.profile.RowSimilarity;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.HhsearchEngine;
import org.anfinsen.msa.search.SearchOutcome;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.msa.search.embedded.EmbeddedEngine;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.Predictor.PredictionFailedException;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.search.SearchOptions;
import org.anfinsen.pipeline.search.WatchedSearch;
import org.jspecify.annotations.Nullable;

/**
 * Looks for templates in the libraries of this installation: by the profile of the alignment where HHsearch is installed,
 * by the query's sequence otherwise. Safe for use by several threads.
 */
public final class TemplateSearch {

    /** AlphaFold takes so many. */
    static final int TEMPLATES_MAX = 4;

    /** A template that covers less of the query tells nothing of its fold: AlphaFold's limit. */
    private static final double COVERAGE_MIN = 0.1;

    /** Rows of which the templates are chosen, after those that are too young or too similar have been left out. */
    private static final int ROWS_MAX = 1000;

    private final TemplateLibraries libraries;
    private final HhsearchEngine profiles;
    private final EmbeddedEngine sequences;
    private final String settings;

    private TemplateSearch(TemplateLibraries libraries, SearchSettings settings, String program, Path work) {
        this.libraries = libraries;
        this.profiles = new HhsearchEngine(program, settings, work);
        this.sequences = new EmbeddedEngine(settings, AlignmentFilter.EVERYTHING);
        this.settings = "E <= " + settings.eValueMax();
    }

    /** The searches of an installation; indexes are in {@code templates/} of the data directory. Nothing is read yet. */
    public static TemplateSearch open(Path dataDirectory, SearchOptions options) {
        SearchSettings alignments = options.settings();
        SearchSettings templates =
                new SearchSettings(alignments.eValueMax(), 1, ROWS_MAX, alignments.threads(), alignments.timeout());
        return new TemplateSearch(
                libraries(dataDirectory),
                templates,
                options.programs().hhsearch(),
                dataDirectory.resolve("searches").toAbsolutePath());
    }

    /** The libraries that are named in a data directory. */
    public static TemplateLibraries libraries(Path dataDirectory) {
        return new TemplateLibraries(dataDirectory.resolve("templates").toAbsolutePath());
    }

    /** All libraries, by name. */
    public List<TemplateLibrary> libraries() {
        try {
            return libraries.list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The plan of a search, with the libraries as they are now.
     *
     * @param names       at least one
     * @param dateMax     see {@link TemplatePlan}
     * @param identityMax likewise
     * @throws IllegalArgumentException if there is no such library
     */
    public TemplatePlan plan(List<String> names, @Nullable LocalDate dateMax, double identityMax) {
        List<TemplateLibrary> known = libraries();
        List<SearchPlan.Target> targets = names.stream()
                .map(name -> known.stream()
                        .filter(library -> library.name().equals(name))
                        .findFirst()
                        .map(TemplateSearch::target)
                        .orElseThrow(() -> new IllegalArgumentException("there is no template library " + name)))
                .toList();
        String engine = profiles.isInstalled() ? "profile" : "sequence";
        return new TemplatePlan(targets, dateMax, identityMax, engine + ", " + settings);
    }

    private static SearchPlan.Target target(TemplateLibrary library) {
        return new SearchPlan.Target(library.name(), library.indexed().toString(), library.checksum());
    }

    /**
     * Searches, in a thread of its own that is stopped, with the program that it runs, when the monitor throws.
     *
     * @param alignment row 0 is the query
     * @return up to {@value #TEMPLATES_MAX}, best first in the order of the libraries; empty if there are none
     * @throws PredictionFailedException if a library is no longer what it was when the plan was made, or a search fails
     */
    public List<Template> run(Alignment alignment, TemplatePlan plan, Predictor.Monitor monitor)
            throws PredictionFailedException {
        List<Template> templates = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            for (SearchPlan.Target target : plan.libraries()) {
                TemplateLibrary library = unchanged(target);
                SearchOutcome outcome = new WatchedSearch<>(() -> search(alignment, library)).run(monitor);
                switch (outcome) {
                    case SearchOutcome.Failed failed ->
                        throw failed(
                                "template-search-failed",
                                "templates " + library.name() + ": "
                                        + failed.failure().message());
                    case SearchOutcome.Found found -> choose(found, library, plan, seen, templates);
                }
            }
        } catch (IOException e) {
            throw new PredictionFailedException(
                    new PredictionFailure(
                            "template-search-failed",
                            PredictionFailure.Category.RESOURCES,
                            "the search for templates cannot read or write this machine's files: " + e.getMessage()),
                    e);
        }
        return templates;
    }

    private TemplateLibrary unchanged(SearchPlan.Target target) throws IOException, PredictionFailedException {
        Optional<TemplateLibrary> library =
                libraries.find(target.name()).filter(found -> found.checksum().equals(target.checksum()));
        return library.orElseThrow(() -> new PredictionFailedException(
                new PredictionFailure(
                        "templates-changed",
                        PredictionFailure.Category.CALLER,
                        "template library " + target.name() + " is no longer as when the prediction was accepted:"
                                + " submit it again"),
                null));
    }

    private SearchOutcome search(Alignment alignment, TemplateLibrary library)
            throws IOException, InterruptedException {
        Path index = libraries.index(library.name());
        if (profiles.isInstalled()) {
            return profiles.search(alignment, index.resolve(TemplateLibrary.PROFILES));
        }
        String fasta = index.resolve(TemplateLibrary.FASTA).toString();
        return sequences.search(
                alignment.query(),
                new Database(library.name(), EngineKind.EMBEDDED, fasta, library.checksum(), library.checksum()));
    }

    private void choose(
            SearchOutcome.Found found,
            TemplateLibrary library,
            TemplatePlan plan,
            Set<String> seen,
            List<Template> templates)
            throws IOException, PredictionFailedException {
        Alignment rows = found.alignment();
        Map<String, Integer> rowOfKey = new LinkedHashMap<>();
        for (int row = 1; row < rows.rows(); row++) {
            RowSimilarity similarity = RowSimilarity.of(rows, row);
            boolean longEnough = similarity.coverage() >= COVERAGE_MIN
                    && similarity.coverage() * rows.columns() >= TemplateLibraries.RESIDUES_MIN;
            if (longEnough && similarity.identity() <= plan.identityMax()) {
                rowOfKey.putIfAbsent(key(rows.name(row)), row);
            }
        }
        Map<String, TemplateChain> chains =
                TemplateLibrary.chains(libraries.index(library.name()), rowOfKey::containsKey);
        for (Map.Entry<String, Integer> candidate : rowOfKey.entrySet()) {
            TemplateChain chain = chains.get(candidate.getKey());
            int row = candidate.getValue();
            if (templates.size() < TEMPLATES_MAX
                    && chain != null
                    && chain.isReleasedBy(plan.dateMax())
                    && seen.add(rows.aligned(row))) {
                templates.add(template(rows, row, chain, library, found.engine()));
            }
        }
    }

    /** Programs may put more behind the name. */
    private static String key(String name) {
        return name.split("\\s", 2)[0];
    }

    private static Template template(
            Alignment rows, int row, TemplateChain chain, TemplateLibrary library, String engine)
            throws IOException, PredictionFailedException {
        RowSimilarity similarity = RowSimilarity.of(rows, row);
        AlignedTemplate aligned = new StructureFolder(Path.of(library.folder()))
                .chain(chain)
                .flatMap(structure -> TemplateRow.of(rows, row).along(structure, rows.columns()))
                .orElseThrow(() -> failed(
                        "templates-changed",
                        "the file of " + chain.id() + " in template library " + library.name()
                                + " is not what it was when the library was added"));
        return new Template(
                library.name(),
                chain.id(),
                chain.released(),
                similarity.coverage(),
                similarity.identity(),
                engine,
                aligned);
    }

    private static PredictionFailedException failed(String code, String message) {
        return new PredictionFailedException(
                new PredictionFailure(code, PredictionFailure.Category.INTERNAL, message), null);
    }
}
