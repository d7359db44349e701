package org.anfinsen.msa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.sequence.FastaReader;
import org.anfinsen.msa.sequence.FastaResult;
import org.anfinsen.msa.sequence.SequenceLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that were good and are damaged, or were made to take time and memory. */
class HostileInputTest {

    private static final AlignmentReader ALIGNMENTS = new AlignmentReader(new AlignmentLimits(1000, 100, 1_000_000));
    private static final FastaReader SEQUENCES = new FastaReader(new SequenceLimits(1000, 100, 200, 1_000_000));
    private static final Duration TIME_MAX = Duration.ofSeconds(5);
    private static final String[] FILES = {
        ">q\nMKVLAA\n>a b\nMKvvV-AA\n>c\n--VLA-\n",
        "# STOCKHOLM 1.0\n#=GF ID x\nq MKVL\na M-VL\n\nq AA\na A-\n#=GC RF xx\n//\n",
        "CLUSTAL W (1.83)\n\nq MKVL 4\na M-VL 3\n  * **\n\nq AA 6\na A- 4\n",
        "#6\t1\n>q\nMKVLAA\n>a\nMKV-AA\n",
        "MKVLAA\nMKV-AA\n"
    };

    @Test
    void answersDamagedFilesSoon() {
        for (int seed = 0; seed < 3000; seed++) {
            answer(damaged(FILES[seed % FILES.length], new Random(seed)));
        }
    }

    private static void answer(byte[] damaged) {
        long start = System.nanoTime();

        switch (ALIGNMENTS.read(damaged, "x")) {
            case AlignmentResult.Accepted accepted ->
                assertThat(accepted.alignment().rows()).isPositive();
            case AlignmentResult.Refused refused ->
                assertThat(refused.faults()).isNotEmpty().hasSizeLessThanOrEqualTo(AlignmentReader.FAULTS_MAX + 1);
        }
        switch (SEQUENCES.read(damaged)) {
            case FastaResult.Accepted accepted -> assertThat(accepted.records()).isNotEmpty();
            case FastaResult.Refused refused -> assertThat(refused.faults()).isNotEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(new String(damaged, StandardCharsets.ISO_8859_1))
                .isLessThan(TIME_MAX);
    }

    @Test
    @Timeout(20)
    void refusesAGzipBombLongBeforeItHasUnpackedIt() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(">q\nMKVL\n>a\n".getBytes(StandardCharsets.US_ASCII));
            byte[] gaps = "-".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int megabytes = 0; megabytes < 300; megabytes++) {
                gzip.write(gaps);
            }
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bomb.toByteArray());

        assertThat(ALIGNMENTS.read(in, "x.a3m.gz")).isInstanceOf(AlignmentResult.Refused.class);
        assertThat(in.available()).isGreaterThan(bomb.size() / 2);
    }

    @Test
    @Timeout(20)
    void refusesAMillionRecordsAtTheLimit() {
        String records = ">r\nM\n".repeat(199_000);

        assertThat(((FastaResult.Refused) SEQUENCES.read(records)).faults()).isNotEmpty();
        assertThat(((AlignmentResult.Refused) ALIGNMENTS.read(records.getBytes(StandardCharsets.US_ASCII), "x.a3m"))
                        .faults())
                .isNotEmpty();
        assertThat(SEQUENCES.read(">r\nM\n".repeat(1_000_000))).isInstanceOf(FastaResult.Refused.class);
    }

    private static byte[] damaged(String good, Random random) {
        byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            switch (random.nextInt(30)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(bytes, 0, i);
                case 2 -> {
                    // Left out.
                }
                case 3 -> {
                    out.write(bytes[i]);
                    out.write(bytes[i]);
                }
                case 4 -> out.write('\n');
                default -> out.write(bytes[i]);
            }
        }
        byte[] whole = out.toByteArray();
        return random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
    }
}
