package org.anfinsen.msa.search.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.anfinsen.msa.search.SearchSettings;

/** One pass over a database with one query, on several threads; finds the sequences whose score is good enough. */
final class DatabaseScan {

    private static final int BATCH_RESIDUES = 1 << 18;
    private static final double UNGAPPED_BITS_MIN = 22;

    private final byte[] query;
    private final SearchSettings settings;
    private final long deadlineNanos;
    private final QueryWords words;
    private final int ungappedScoreMin = KarlinAltschul.ungappedScoreOf(UNGAPPED_BITS_MIN);
    private final AtomicLong residues = new AtomicLong();
    private final AtomicLong sequences = new AtomicLong();
    private final List<Hit> hits = Collections.synchronizedList(new ArrayList<>());

    DatabaseScan(byte[] query, SearchSettings settings, long deadlineNanos) {
        this.query = query;
        this.settings = settings;
        this.deadlineNanos = deadlineNanos;
        this.words = new QueryWords(query);
    }

    /** A sequence with its gapped score. */
    record Hit(FastaStream.Entry entry, int score) {}

    /** Thrown when the time limit is reached. */
    static final class DeadlineException extends Exception {}

    /** The hits with an E-value small enough, best first, as many as are wanted at most. */
    List<Hit> run(Path fasta) throws IOException, InterruptedException, DeadlineException {
        Semaphore waiting = new Semaphore(2 * settings.threads());
        List<Future<?>> tasks = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(settings.threads());
                FastaStream stream = new FastaStream(fasta)) {
            try {
                for (List<FastaStream.Entry> batch = next(stream); !batch.isEmpty(); batch = next(stream)) {
                    List<FastaStream.Entry> entries = batch;
                    waiting.acquire();
                    tasks.add(workers.submit(() -> {
                        try {
                            scan(entries);
                        } finally {
                            waiting.release();
                        }
                    }));
                }
                for (Future<?> task : tasks) {
                    task.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a scan failed", e.getCause());
            } finally {
                workers.shutdownNow();
            }
        }
        return best();
    }

    private List<FastaStream.Entry> next(FastaStream stream) throws IOException, DeadlineException {
        if (System.nanoTime() > deadlineNanos) {
            throw new DeadlineException();
        }
        List<FastaStream.Entry> batch = stream.next(BATCH_RESIDUES);
        for (FastaStream.Entry entry : batch) {
            residues.addAndGet(entry.codes().length);
        }
        sequences.addAndGet(batch.size());
        return batch;
    }

    private void scan(List<FastaStream.Entry> batch) {
        UngappedScan ungapped = new UngappedScan(query, words);
        GappedScore gapped = new GappedScore(query);
        for (FastaStream.Entry entry : batch) {
            if (ungapped.bestScore(entry.codes()) >= ungappedScoreMin) {
                int score = gapped.of(entry.codes());
                // The database only grows, and with it the E-value: what is too bad now stays so.
                if (eValue(score) <= settings.eValueMax()) {
                    hits.add(new Hit(entry, score));
                }
            }
        }
    }

    double eValue(int score) {
        return KarlinAltschul.eValue(score, query.length, residues.get(), sequences.get());
    }

    private List<Hit> best() {
        return hits.stream()
                .filter(hit -> eValue(hit.score()) <= settings.eValueMax())
                .sorted(Comparator.comparingInt(Hit::score)
                        .reversed()
                        .thenComparing(hit -> hit.entry().name()))
                .limit(settings.rowsMax())
                .toList();
    }
}
