package org.anfinsen.msa.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.search.embedded.EmbeddedEngine;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentCacheTest {

    private static final String RESIDUES = "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRL";
    private static final ProteinSequence QUERY = new ProteinSequence("q", RESIDUES);
    private static final SearchSettings SETTINGS = new SearchSettings(1e-3, 1, 100, 1, Duration.ofMinutes(1));

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Path folder() {
        return directory.resolve("cache");
    }

    private AlignmentCache cache(long bytesMax) {
        InstantSource source = () -> now;
        return new AlignmentCache(folder(), bytesMax, source.withZone(ZoneOffset.UTC));
    }

    private Database database(String name, String fasta, String checksum) throws IOException {
        Path file = Files.writeString(directory.resolve(name), fasta);
        return new Database(name, EngineKind.EMBEDDED, file.toString(), "1", checksum);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }

    private static Alignment alignment(String name) {
        return new AlignmentBuilder(new ProteinSequence("q", "MKVL"))
                .add(name + " with words\t12", "M-VgghL")
                .build();
    }

    @Test
    void givesBackWhatWasPutInAnotherInstance() throws IOException {
        AlignmentCache.Entry entry = new AlignmentCache.Entry(alignment("a"), "mmseqs 14-7e284");
        assertThat(cache(1_000_000).find("key")).isEmpty();
        cache(1_000_000).put("key", entry);
        assertThat(cache(1_000_000).find("key")).contains(entry);
        assertThat(files()).hasSize(1);
    }

    @Test
    void dropsWhatWasUsedLongestAgoWhenItIsFull() throws IOException {
        AlignmentCache.Entry entry = new AlignmentCache.Entry(alignment("a"), "e");
        cache(1_000_000).put("a", entry);
        long size = Files.size(files().getFirst());
        AlignmentCache cache = cache(2 * size);
        now = now.plusSeconds(60);
        cache.put("b", entry);
        now = now.plusSeconds(60);
        assertThat(cache.find("a")).isPresent();
        now = now.plusSeconds(60);
        cache.put("c", entry);
        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("c")).isPresent();
    }

    @Test
    void takesADamagedFileForNone() throws IOException {
        AlignmentCache cache = cache(1_000_000);
        cache.put("key", new AlignmentCache.Entry(alignment("a"), "e"));
        byte[] whole = Files.readAllBytes(files().getFirst());
        for (int length : new int[] {0, 1, 5, 12, whole.length / 2, whole.length - 1}) {
            Files.write(folder().resolve("key.a3m.gz"), java.util.Arrays.copyOf(whole, length));
            assertThat(cache.find("key"))
                    .as("%d of %d bytes", length, whole.length)
                    .isEmpty();
        }
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        Files.write(folder().resolve("key.a3m.gz"), flipped);
        assertThat(cache.find("key")).isEmpty();
    }

    @Test
    void removesWhatAKilledProcessLeftHalfWritten() throws IOException {
        Files.createDirectories(folder());
        Path partial = Files.writeString(folder().resolve("left.partial"), "x");
        now = Instant.now().plus(Duration.ofHours(2));
        cache(1_000_000).put("key", new AlignmentCache.Entry(alignment("a"), "e"));
        assertThat(partial).doesNotExist();
    }

    @Test
    void searchesOnceForEachSequenceDatabaseAndSettings() throws Exception {
        Database database = database("db", ">a\n" + RESIDUES.replace('K', 'R') + "\n", "1");
        CachedEngine engine = new CachedEngine(new EmbeddedEngine(SETTINGS), cache(1_000_000), "E 0.001");
        SearchOutcome.Found first = found(engine, QUERY, database);
        assertThat(first.cache()).isEqualTo(CacheUse.MISS);
        SearchOutcome.Found second = found(engine, new ProteinSequence("other name", RESIDUES), database);
        assertThat(second.cache()).isEqualTo(CacheUse.HIT);
        assertThat(second.engine()).isEqualTo(first.engine());
        assertThat(second.alignment()).isEqualTo(first.alignment().withName(0, "other name"));

        assertThat(found(engine, new ProteinSequence("q", RESIDUES.substring(1)), database)
                        .cache())
                .isEqualTo(CacheUse.MISS);
        assertThat(found(engine, QUERY, database("db", ">b\n" + RESIDUES + "\n", "2"))
                        .cache())
                .isEqualTo(CacheUse.MISS);
        CachedEngine strict = new CachedEngine(new EmbeddedEngine(SETTINGS), cache(1_000_000), "E 0.1");
        assertThat(found(strict, QUERY, database).cache()).isEqualTo(CacheUse.MISS);
    }

    @Test
    void searchesOnceForManyAtOneTime() throws Exception {
        Database database = database("db", ">a\n" + RESIDUES.replace('K', 'R') + "\n", "1");
        CachedEngine engine = new CachedEngine(new EmbeddedEngine(SETTINGS), cache(1_000_000), "");
        Callable<CacheUse> search = () -> found(engine, QUERY, database).cache();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<CacheUse>> uses = threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(k -> search).toList());
            int misses = 0;
            for (Future<CacheUse> use : uses) {
                misses += use.get() == CacheUse.MISS ? 1 : 0;
            }
            assertThat(misses).isEqualTo(1);
        }
    }

    @Test
    void givesTheAlignmentWhenItCannotBeKept() throws Exception {
        Files.writeString(folder(), "not a directory");
        Database database = database("db", ">a\n" + RESIDUES + "\n", "1");
        AlignmentCache cache = new AlignmentCache(folder(), 1_000, Clock.systemUTC());
        SearchOutcome.Found found = found(new CachedEngine(new EmbeddedEngine(SETTINGS), cache, ""), QUERY, database);
        assertThat(found.cache()).isEqualTo(CacheUse.UNWRITABLE);
    }

    @Test
    void doesNotKeepAFailure() throws Exception {
        CachedEngine engine = new CachedEngine(new EmbeddedEngine(SETTINGS), cache(1_000), "");
        Database missing = new Database(
                "gone", EngineKind.EMBEDDED, directory.resolve("gone").toString(), "1", "1");
        assertThat(engine.search(QUERY, missing)).isInstanceOf(SearchOutcome.Failed.class);
        assertThat(folder()).doesNotExist();
    }

    private static SearchOutcome.Found found(SearchEngine engine, ProteinSequence query, Database database)
            throws Exception {
        SearchOutcome outcome = engine.search(query, database);
        assertThat(outcome).isInstanceOf(SearchOutcome.Found.class);
        return (SearchOutcome.Found) outcome;
    }
}
