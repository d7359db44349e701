package org.anfinsen.pipeline.search;

import java.nio.file.Path;
import java.time.Duration;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.msa.search.colabfold.ColabFoldSettings;
import org.anfinsen.pipeline.template.TemplateSearch;

/** Searches for tests. */
public final class Searches {

    private Searches() {}

    /** Every program is the same one, and gets a while. */
    public static SearchOptions options(String program, Duration timeout) {
        return new SearchOptions(
                new SearchSettings(1e-3, 1, 1_000, 2, timeout),
                ColabFoldSettings.defaults("test"),
                new AlignmentFilter(0.3, 0, 1, true, 1_001),
                new SearchOptions.Programs(program, program, program, program),
                1 << 20);
    }

    /** Template searches in a directory: by sequence, since there is no program. */
    public static TemplateSearch templatesIn(Path dataDirectory) {
        return TemplateSearch.open(dataDirectory, options("no-such-program", Duration.ofMinutes(1)));
    }

    /** Searches in a directory, for tests that name databases with the embedded engine. */
    public static DatabaseSearch in(Path dataDirectory) {
        return DatabaseSearch.open(dataDirectory, options("no-such-program", Duration.ofMinutes(1)));
    }
}
