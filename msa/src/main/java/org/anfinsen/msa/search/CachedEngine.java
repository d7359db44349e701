package org.anfinsen.msa.search;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.anfinsen.protein.ProteinSequence;

/**
 * An engine that looks into a cache first. Threads that ask for the same at one time search once: the others wait. A failed
 * search is not kept.
 */
public final class CachedEngine implements SearchEngine {

    private final SearchEngine engine;
    private final AlignmentCache cache;
    private final String settings;
    private final ConcurrentMap<String, ReentrantLock> searching = new ConcurrentHashMap<>();

    /**
     * Puts a cache before an engine.
     *
     * @param settings everything about the engine that changes what it finds, as text
     */
    public CachedEngine(SearchEngine engine, AlignmentCache cache, String settings) {
        this.engine = engine;
        this.cache = cache;
        this.settings = settings;
    }

    @Override
    public EngineKind kind() {
        return engine.kind();
    }

    @Override
    public Optional<SearchFailure> check(Database database) throws IOException {
        return engine.check(database);
    }

    @Override
    public SearchOutcome search(ProteinSequence query, Database database) throws IOException, InterruptedException {
        String key = AlignmentCache.key(query, database, settings);
        ReentrantLock lock = searching.computeIfAbsent(key, ignored -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            long start = System.nanoTime();
            Optional<AlignmentCache.Entry> kept = cache.find(key);
            if (kept.isPresent()) {
                return new SearchOutcome.Found(
                        kept.get().alignment().withName(0, query.name()),
                        kept.get().engine(),
                        Duration.ofNanos(System.nanoTime() - start),
                        CacheUse.HIT);
            }
            return switch (engine.search(query, database)) {
                case SearchOutcome.Found found ->
                    new SearchOutcome.Found(found.alignment(), found.engine(), found.elapsed(), keep(key, found));
                case SearchOutcome.Failed failed -> failed;
            };
        } finally {
            if (!lock.hasQueuedThreads()) {
                searching.remove(key, lock);
            }
            lock.unlock();
        }
    }

    /** A full disk must not cost the caller the alignment that was just found. */
    private CacheUse keep(String key, SearchOutcome.Found found) {
        try {
            cache.put(key, new AlignmentCache.Entry(found.alignment(), found.engine()));
            return CacheUse.MISS;
        } catch (IOException e) {
            return CacheUse.UNWRITABLE;
        }
    }
}
