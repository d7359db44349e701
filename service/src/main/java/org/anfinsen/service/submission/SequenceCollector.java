package org.anfinsen.service.submission;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.alignment.AlignmentWriter;
import org.anfinsen.msa.sequence.FastaReader;
import org.anfinsen.msa.sequence.FastaRecord;
import org.anfinsen.msa.sequence.FastaResult;
import org.anfinsen.msa.sequence.InputNote;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.jspecify.annotations.Nullable;

/** Gathers the queries of one submission and everything that is wrong with them. */
final class SequenceCollector {

    private final LimitSettings limits;
    private final boolean nameFiles;
    private final List<Query> queries = new ArrayList<>();
    private final List<InputError> errors = new ArrayList<>();
    private int unlisted;

    /** @param nameFiles whether a fault says which file it is in */
    SequenceCollector(LimitSettings limits, boolean nameFiles) {
        this.limits = limits;
        this.nameFiles = nameFiles;
    }

    void read(SequenceFile file) {
        String field = nameFiles ? file.name() : null;
        switch (file.format()) {
            case FASTA -> readFasta(file, field);
            case A3M -> readAlignment(file, AlignmentFormat.A3M, field);
            case ALIGNMENT -> readAlignment(file, null, field);
        }
    }

    private void readFasta(SequenceFile file, @Nullable String field) {
        switch (new FastaReader(limits.sequences()).read(file.content())) {
            case FastaResult.Accepted accepted ->
                accepted.records().forEach(record -> queries.add(Query.of(record, field)));
            case FastaResult.Refused refused -> {
                refused.faults().forEach(fault -> errors.add(InputError.of(field, fault)));
                unlisted += refused.faultCount() - refused.faults().size();
            }
        }
    }

    private void readAlignment(SequenceFile file, @Nullable AlignmentFormat format, @Nullable String field) {
        switch (alignment(file, format)) {
            case AlignmentResult.Accepted accepted ->
                queries.add(new Query(
                        accepted.alignment().query(),
                        a3m(accepted.alignment()),
                        accepted.alignment().rows(),
                        accepted.notes(),
                        field));
            case AlignmentResult.Refused refused ->
                refused.faults().forEach(fault -> errors.add(InputError.of(field, fault)));
        }
    }

    private AlignmentResult alignment(SequenceFile file, @Nullable AlignmentFormat format) {
        String source = Objects.requireNonNullElse(file.name(), "alignment.a3m");
        try {
            return new AlignmentReader(limits.alignments())
                    .read(new ByteArrayInputStream(file.content()), source, format);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /** Gives the only query a name of the caller's. */
    void rename(String name, String field) {
        if (queries.size() > 1) {
            errors.add(InputError.ofField(
                    "name-for-many",
                    field,
                    queries.size() + " sequences and one name",
                    "Leave name out: each record has its own"));
        } else if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(InputError.ofField(
                    "invalid-name", field, "a name that is blank or has control characters", "Give a printable name"));
        } else if (!queries.isEmpty()) {
            queries.set(0, queries.getFirst().named(name.strip()));
        }
    }

    /** Refuses a sequence that is not the alignment's query. */
    void requireQuery(@Nullable String sequence) {
        if (sequence == null || queries.isEmpty()) {
            return;
        }
        FastaResult result = new FastaReader(limits.sequences()).read(sequence);
        switch (result) {
            case FastaResult.Refused refused ->
                refused.faults().forEach(fault -> errors.add(InputError.of("sequence", fault)));
            case FastaResult.Accepted accepted -> {
                String expected = queries.getFirst().sequence.residues();
                if (!accepted.records().getFirst().sequence().residues().equals(expected)) {
                    errors.add(InputError.ofField(
                            "query-differs",
                            "msa",
                            "the alignment's first row is not the sequence",
                            "Put the sequence first, or leave sequence out"));
                }
            }
        }
    }

    /**
     * Those of the first query, then those of the second, and so on.
     *
     * @throws ProblemException if anything is wrong, or a chain does not fit into memory with the model
     */
    List<NewPrediction> predictions(
            RequestedOptions.Checked options, List<InputError> optionErrors, ModelCatalog models) {
        checkNames();
        if (optionErrors.isEmpty()) {
            queries.forEach(query -> checkMemory(query, options, models));
        }
        checkSearch(options);
        List<InputError> all = new ArrayList<>(errors);
        all.addAll(optionErrors);
        if (!all.isEmpty()) {
            int more = all.size() - 1 + unlisted;
            throw new ProblemException(
                            problem(optionErrors),
                            all.getFirst().message() + (more == 0 ? "" : " And " + more + " more."),
                            all)
                    .with("unlisted_errors", unlisted == 0 ? null : unlisted);
        }
        return queries.stream()
                .flatMap(query -> query.predictions(options).stream())
                .toList();
    }

    private void checkMemory(Query query, RequestedOptions.Checked options, ModelCatalog models) {
        boolean searched = query.a3m == null && options.search().plan() != null;
        // A search may find as many rows as the model takes.
        int rows = searched ? Integer.MAX_VALUE : query.rows;
        for (BenchmarkSettings.Network network : options.networks().networks()) {
            models.lackOfMemory(network.model(), query.sequence.length(), rows)
                    .ifPresent(lack -> errors.add(new InputError(
                            "not-enough-memory",
                            query.field,
                            null,
                            query.sequence.name(),
                            null,
                            null,
                            query.sequence.name() + ": " + lack,
                            "Send a part of the sequence, fewer alignment rows, or choose a smaller model")));
        }
    }

    private Problem problem(List<InputError> optionErrors) {
        if (!errors.isEmpty()) {
            return Problem.INVALID_INPUT;
        }
        return optionErrors.stream().allMatch(error -> error.code().equals(RequestedDatabases.UNAVAILABLE))
                ? Problem.DATABASE_UNAVAILABLE
                : Problem.INVALID_OPTION;
    }

    /** An alignment is used exactly as it came. */
    private void checkSearch(RequestedOptions.Checked options) {
        if (options.searchIsNamed() && queries.stream().anyMatch(query -> query.a3m != null)) {
            errors.add(InputError.ofField(
                    "alignment-and-databases",
                    RequestedDatabases.FIELD,
                    "there is an alignment, and databases to search for one",
                    "Leave one of them out"));
        }
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (Query query : queries) {
            String name = query.sequence.name();
            if (!names.add(name)) {
                errors.add(InputError.ofField(
                        "duplicate-name",
                        Objects.requireNonNullElse(query.field, "file"),
                        "another file has a sequence named " + name,
                        "Give each sequence a name of its own"));
            }
            if (name.length() > limits.maxNameCharacters()) {
                errors.add(InputError.ofField(
                        "name-too-long",
                        Objects.requireNonNullElse(query.field, "name"),
                        "the name has " + name.length() + " characters, limit " + limits.maxNameCharacters(),
                        "Shorten it"));
            }
        }
        if (queries.size() > limits.maxRecords()) {
            errors.add(InputError.ofField(
                    "too-many-records",
                    "file",
                    queries.size() + " sequences, limit " + limits.maxRecords(),
                    "Send fewer at a time"));
        }
    }

    private static String a3m(Alignment alignment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            AlignmentWriter.writeA3m(alignment, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private record Query(
            ProteinSequence sequence,
            @Nullable String a3m,
            int rows,
            List<InputNote> notes,
            @Nullable String field) {

        static Query of(FastaRecord record, @Nullable String field) {
            return new Query(record.sequence(), null, 1, record.notes(), field);
        }

        Query named(String name) {
            List<InputNote> kept = notes.stream()
                    .filter(note -> note.kind() != InputNote.Kind.NAMED)
                    .toList();
            return new Query(new ProteinSequence(name, sequence.residues()), a3m, rows, kept, field);
        }

        /** One, or an ensemble. */
        List<NewPrediction> predictions(RequestedOptions.Checked options) {
            List<PredictionOptions> each = a3m == null ? options.withoutAlignment() : options.withAlignment();
            List<String> noteTexts = notes.stream().map(InputNote::text).toList();
            UUID ensemble = each.size() == 1 ? null : UUID.randomUUID();
            return each.stream()
                    .map(one -> new NewPrediction(sequence, a3m, one, noteTexts, ensemble))
                    .toList();
        }
    }
}
