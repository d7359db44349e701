package org.anfinsen.msa.search.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.msa.search.SearchOutcome;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest {

    private static final SearchSettings SETTINGS = new SearchSettings(1e-3, 1, 100, 2, Duration.ofMinutes(1));
    private static final String AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";
    private static final String QUERY =
            "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRLDILVNNAG";

    @TempDir
    Path directory;

    private static String random(SplittableRandom random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(AMINO_ACIDS.charAt(random.nextInt(20)));
        }
        return letters.toString();
    }

    private static String mutated(SplittableRandom random, String sequence, double rate) {
        StringBuilder letters = new StringBuilder(sequence);
        for (int i = 0; i < letters.length(); i++) {
            if (random.nextDouble() < rate) {
                letters.setCharAt(i, AMINO_ACIDS.charAt(random.nextInt(20)));
            }
        }
        return letters.toString();
    }

    private static byte[] codes(String letters) {
        byte[] codes = new byte[letters.length()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = org.anfinsen.msa.alignment.ResidueCode.of(letters.charAt(i));
        }
        return codes;
    }

    /** 300 random sequences, ten relatives at 50 % identity inside random flanks, one with a deletion and an insertion. */
    private String fasta() {
        SplittableRandom random = new SplittableRandom(12);
        StringBuilder fasta = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            fasta.append(">random")
                    .append(i)
                    .append('\n')
                    .append(random(random, 150))
                    .append('\n');
            if (i % 30 == 0) {
                fasta.append(">relative").append(i).append(" of the query\n");
                fasta.append(random(random, 20))
                        .append(mutated(random, QUERY, 0.5))
                        .append('\n');
            }
        }
        fasta.append(">empty\n>gapped\n").append(QUERY, 0, 30).append(QUERY, 33, 60);
        return fasta.append("WWWW").append(QUERY.substring(60)).append('\n').toString();
    }

    private SearchOutcome.Found search(Path file, SearchSettings settings) throws Exception {
        Database database = new Database("test", EngineKind.EMBEDDED, file.toString(), "1", "");
        SearchOutcome outcome = new EmbeddedEngine(settings).search(new ProteinSequence("q", QUERY), database);
        assertThat(outcome).isInstanceOf(SearchOutcome.Found.class);
        return (SearchOutcome.Found) outcome;
    }

    @Test
    void findsTheRelativesAndNothingElse() throws Exception {
        Path file = Files.writeString(directory.resolve("db.fasta"), fasta());
        Alignment alignment = search(file, SETTINGS).alignment();
        assertThat(alignment.rows()).isEqualTo(12);
        assertThat(alignment.name(0)).isEqualTo("q");
        assertThat(alignment.aligned(0)).isEqualTo(QUERY);
        assertThat(alignment.name(1)).startsWith("gapped\t");
        for (int row = 2; row < alignment.rows(); row++) {
            assertThat(alignment.name(row)).startsWith("relative").contains(" of the query\t");
        }
    }

    @Test
    void alignsDeletionsAsGapsAndInsertionsAsDeletionCounts() throws Exception {
        Path file = Files.writeString(directory.resolve("db.fasta"), fasta());
        Alignment alignment = search(file, SETTINGS).alignment();
        String row = alignment.aligned(1);
        assertThat(row.chars().filter(c -> c == '-').count()).isEqualTo(3);
        assertThat(row.substring(0, 28)).isEqualTo(QUERY.substring(0, 28));
        assertThat(row.substring(60)).isEqualTo(QUERY.substring(60));
        assertThat(alignment.deletions(1, 60)).isEqualTo(4);
    }

    @Test
    void readsCompressedDatabasesAndLimitsTheRows() throws Exception {
        Path file = directory.resolve("db.fasta.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(fasta().getBytes(StandardCharsets.UTF_8));
        }
        SearchSettings five = new SearchSettings(1e-3, 1, 5, 3, Duration.ofMinutes(1));
        assertThat(search(file, five).alignment().rows()).isEqualTo(6);
    }

    @Test
    void givesTheQueryAloneWhenNothingIsSimilar() throws Exception {
        Path file =
                Files.writeString(directory.resolve("db.fasta"), ">a\n" + random(new SplittableRandom(1), 200) + "\n");
        assertThat(search(file, SETTINGS).alignment().rows()).isEqualTo(1);
    }

    @Test
    void saysThatTheDatabaseIsMissingOrTheTimeIsUp() throws Exception {
        Database missing = new Database(
                "gone", EngineKind.EMBEDDED, directory.resolve("gone").toString(), "1", "");
        ProteinSequence query = new ProteinSequence("q", QUERY);
        assertThat(new EmbeddedEngine(SETTINGS).search(query, missing))
                .isEqualTo(new SearchOutcome.Failed(new SearchFailure.DatabaseMissing("gone", missing.location())));
        Path file = Files.writeString(directory.resolve("db.fasta"), fasta());
        Database database = new Database("test", EngineKind.EMBEDDED, file.toString(), "1", "");
        SearchSettings noTime = new SearchSettings(1e-3, 1, 5, 1, Duration.ofNanos(1));
        assertThat(new EmbeddedEngine(noTime).search(query, database)).isInstanceOf(SearchOutcome.Failed.class);
    }

    @Test
    void scoresAsBioJavaDoes() {
        SplittableRandom random = new SplittableRandom(2);
        for (int k = 0; k < 40; k++) {
            String query = random(random, 30 + random.nextInt(40));
            String sequence = random(random, 10) + mutated(random, query, 0.4).substring(8) + random(random, 7);
            sequence = sequence.substring(0, 20) + sequence.substring(23);
            int score = new GappedScore(codes(query)).of(codes(sequence));
            String row = LocalAligner.align(codes(query), codes(sequence));
            assertThat(score).isEqualTo(scoreOf(query, row));
        }
    }

    /** The score of a row in A3M letters, counted from its first to its last residue. */
    private static int scoreOf(String query, String row) {
        int score = 0;
        int column = 0;
        char[] letters = row.toCharArray();
        int first = row.length() - row.replaceFirst("^-+", "").length();
        int last = row.replaceFirst("-+$", "").length();
        for (int k = 0; k < letters.length; k++) {
            boolean inside = k >= first && k < last;
            boolean insertion = Character.isLowerCase(letters[k]);
            boolean deletion = letters[k] == '-';
            if (inside && (insertion || deletion)) {
                boolean opens = k == 0 || (insertion ? !Character.isLowerCase(letters[k - 1]) : letters[k - 1] != '-');
                score -= opens ? KarlinAltschul.GAP_OPEN + KarlinAltschul.GAP_EXTEND : KarlinAltschul.GAP_EXTEND;
            } else if (inside) {
                score += Blosum62.score(codes(query)[column], codes(row)[k]);
            }
            column += insertion ? 0 : 1;
        }
        return score;
    }

    @Test
    void scansTheSameWhateverItScannedBefore() {
        byte[] query = codes(QUERY);
        SplittableRandom random = new SplittableRandom(4);
        UngappedScan used = new UngappedScan(query, new QueryWords(query));
        for (int k = 0; k < 200; k++) {
            byte[] sequence = codes(k % 3 == 0 ? mutated(random, QUERY, 0.5) : random(random, 1 + random.nextInt(300)));
            int fresh = new UngappedScan(query, new QueryWords(query)).bestScore(sequence);
            assertThat(used.bestScore(sequence)).isEqualTo(fresh);
            assertThat(fresh).isLessThanOrEqualTo(new GappedScore(query).of(sequence));
        }
    }

    @Test
    void leavesOutWordsOfLowComplexity() {
        String simple = "EEEEEKEEEEEEDEEE";
        boolean[] masked = QueryWords.lowComplexity(codes(QUERY + simple));
        assertThat(masked[QUERY.length() + 8]).isTrue();
        assertThat(masked[5]).isFalse();
        assertThat(new QueryWords(codes(simple)).positions).isEmpty();
    }

    @Test
    void expectsWhatKarlinAndAltschulExpect() {
        // ln(0.041 * 250 * 5e7) / 0.14 = 143.3 residues shorter: 0.041 * 106.7 * (5e7 - 1e5 * 143.3) * exp(-26.7).
        assertThat(KarlinAltschul.eValue(100, 250, 50_000_000, 100_000)).isCloseTo(3.95e-4, within(5e-6));
        assertThat(KarlinAltschul.ungappedScoreOf(22)).isEqualTo(42);
    }

    @Test
    void readsDatabasesWithOddities() throws IOException {
        Path file = Files.writeString(
                directory.resolve("odd.fasta"), "junk\n>a b\r\nMK-v\r\nLU*\n>empty\n\n>\nMJ\n>last\nAC");
        try (FastaStream stream = new FastaStream(file)) {
            assertThat(stream.next(1 << 20))
                    .extracting(FastaStream.Entry::name)
                    .containsExactly("a b", "unnamed", "last");
        }
        try (FastaStream stream = new FastaStream(file)) {
            assertThat(stream.next(1).getFirst().codes()).isEqualTo(codes("MKVLCX"));
            assertThat(stream.next(1).getFirst().codes()).isEqualTo(codes("MX"));
            assertThat(stream.next(1)).hasSize(1);
            assertThat(stream.next(1)).isEmpty();
        }
    }
}
