package org.anfinsen.msa.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.msa.sequence.InputFault;
import org.anfinsen.msa.sequence.InputFault.Kind;
import org.anfinsen.msa.sequence.InputNote;
import org.junit.jupiter.api.Test;

class AlignmentReaderTest {

    private static final AlignmentReader READER = new AlignmentReader(new AlignmentLimits(20, 6, 10_000));

    private static AlignmentResult.Accepted read(String text, String file) {
        AlignmentResult result = READER.read(text.getBytes(StandardCharsets.UTF_8), file);
        assertThat(result).isInstanceOf(AlignmentResult.Accepted.class);
        return (AlignmentResult.Accepted) result;
    }

    private static AlignmentResult.Refused refused(byte[] bytes) {
        AlignmentResult result = READER.read(bytes, "x.a3m");
        assertThat(result).isInstanceOf(AlignmentResult.Refused.class);
        return (AlignmentResult.Refused) result;
    }

    private static InputFault fault(String text) {
        AlignmentResult.Refused refused = refused(text.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.faults()).hasSize(1);
        return refused.faults().getFirst();
    }

    @Test
    void countsInsertionsBeforeTheColumnThatFollows() {
        Alignment alignment =
                read(">q\nMKVL\n>a\nM-abVcLdd\n>b desc\nm.M\nKVL\n", "x.a3m").alignment();
        assertThat(alignment.rows()).isEqualTo(3);
        assertThat(alignment.columns()).isEqualTo(4);
        assertThat(alignment.aligned(1)).isEqualTo("M-VL");
        int[] deletions = new int[4];
        Arrays.setAll(deletions, column -> alignment.deletions(1, column));
        assertThat(deletions).containsExactly(0, 0, 2, 1);
        assertThat(alignment.deletions(2, 0)).isEqualTo(1);
        assertThat(alignment.aligned(2)).isEqualTo("MKVL");
        assertThat(alignment.name(2)).isEqualTo("b desc");
        assertThat(alignment.at(1, 1)).isEqualTo(ResidueCode.GAP);
    }

    @Test
    void toleratesAColabFoldHeaderAndPassesOverSecondaryStructure() {
        AlignmentResult.Accepted accepted =
                read("#4\t1\n>ss_pred\nHHHH\n>ss_conf\n9999\n>q\nMKVL\n>a\nMKV-\n", "x.a3m");
        assertThat(accepted.alignment().rows()).isEqualTo(2);
        assertThat(accepted.notes()).extracting(InputNote::kind).containsExactly(InputNote.Kind.SKIPPED_RECORDS);
        assertThat(fault("#4,4\t1,1\n>q\nMKVLMKVL\n").kind()).isEqualTo(Kind.COMPLEX_ALIGNMENT);
    }

    @Test
    void readsLettersOutsideTheAlphabetAsAlphaFoldDoesAndSaysSo() {
        AlignmentResult.Accepted accepted = read(">q\nMKVLAW\n>a\nBZUJOX\n", "x.a3m");
        assertThat(accepted.alignment().aligned(1)).isEqualTo("DECXXX");
        assertThat(accepted.notes().getFirst().text()).startsWith("5 letters");
    }

    @Test
    void turnsColumnsInWhichTheQueryHasAGapIntoInsertions() {
        String stockholm = """
                # STOCKHOLM 1.0
                #=GS a/1-5 DE some protein
                q      MK--V
                a/1-5  MRacV
                #=GC RF xx..x

                q      L-
                a/1-5  LK
                //
                """;
        Alignment alignment = read(stockholm, "x.sto").alignment();
        assertThat(alignment.aligned(0)).isEqualTo("MKVL");
        assertThat(alignment.aligned(1)).isEqualTo("MRVL");
        assertThat(alignment.deletions(1, 2)).isEqualTo(2);
        assertThat(alignment.name(1)).isEqualTo("a/1-5 some protein");
        assertThat(AlignmentWriter.toA3m(alignment)).isEqualTo(">q\nMKVL\n>a/1-5 some protein\nMRacVLk\n");
    }

    @Test
    void readsClustalPsicovAndAlignedFastaAlike() {
        String text = """
                CLUSTAL W (1.83) multiple sequence alignment

                q       MK-V 3
                row_2   M-AV 3
                        * .*

                q       L
                row_2   L
                """;
        Alignment clustal = read(text, "x.aln").alignment();
        Alignment psicov = read("MKVL\nM-VL\n", "x.aln").alignment();
        Alignment fasta = read(">q\nmk-vl\n>row_2\nm-avl\n", "x.fas").alignment();
        assertThat(clustal.aligned(1))
                .isEqualTo("M-VL")
                .isEqualTo(psicov.aligned(1))
                .isEqualTo(fasta.aligned(1));
        assertThat(clustal).isEqualTo(fasta);
        assertThat(psicov.deletions(1, 2)).isZero();
        assertThat(fasta.deletions(1, 2)).isEqualTo(1);
        assertThat(psicov.name(0)).isEqualTo("query");
    }

    @Test
    void readsGzipAndRefusesBrokenGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(">q\nMKVL\n>a\nMKV-\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();
        assertThat(READER.read(whole, "x.a3m.gz").orElseThrow().rows()).isEqualTo(2);
        for (int length = 2; length < whole.length; length++) {
            assertThat(refused(Arrays.copyOf(whole, length)).faults().getFirst().kind())
                    .isEqualTo(Kind.BROKEN_COMPRESSION);
        }
    }

    @Test
    void refusesRowsOfAnotherLengthWithRecordAndLine() {
        AlignmentResult.Refused refused =
                refused(">q\nMKVL\n>a\nMKV\n>b\nMKVL\n>c\nMaKVLL\n".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.faults()).extracting(InputFault::record).containsExactly(2, 4);
        assertThat(refused.faults()).extracting(InputFault::line).containsExactly(3, 7);
        assertThat(refused.message())
                .startsWith("x.a3m: record 2 (a), line 3: the row has 3 columns, the query (the first record) 4.");
        assertThatThrownBy(refused::orElseThrow).isInstanceOf(IOException.class).hasMessageContaining("line 7");
    }

    @Test
    void refusesLettersThatNoAlignmentHasWithTheirColumn() {
        InputFault digit = fault(">q\nMKVL\n>a\nMK1L\n");
        assertThat(digit.kind()).isEqualTo(Kind.DIGIT_IN_SEQUENCE);
        assertThat(digit.line()).isEqualTo(4);
        assertThat(digit.column()).isEqualTo(3);
        assertThat(fault(">q\nMKVL\n>a\nMK L\n").column()).isEqualTo(3);
        assertThat(fault(">q\nMKVL\n>a\nM\0VL\n").found()).isEqualTo("control character 0x00 in line 4, column 2");
    }

    @Test
    void refusesAQueryThatCannotBePredicted() {
        assertThat(fault(">q\nMkVL\n").kind()).isEqualTo(Kind.INSERTION_IN_QUERY);
        assertThat(fault(">q\nMBVL\n").kind()).isEqualTo(Kind.AMBIGUOUS_RESIDUE);
        assertThat(fault(">q\n----\n>a\nMKVL\n").kind()).isEqualTo(Kind.RECORD_WITHOUT_SEQUENCE);
        assertThat(fault(">q\n").kind()).isEqualTo(Kind.RECORD_WITHOUT_SEQUENCE);
        assertThat(fault("").kind()).isEqualTo(Kind.EMPTY_INPUT);
    }

    @Test
    void refusesWhatIsOverALimit() {
        assertThat(fault(">q\n" + "MKVLA".repeat(5) + "\n").kind()).isEqualTo(Kind.SEQUENCE_TOO_LONG);
        assertThat(fault(">q\nMK\n" + ">a\nMK\n".repeat(7)).kind()).isEqualTo(Kind.TOO_MANY_RECORDS);
        assertThat(fault(">q\nMK\n" + ">long\n" + "a".repeat(20_000)).kind()).isEqualTo(Kind.INPUT_TOO_LARGE);
    }

    @Test
    void refusesAStockholmFileThatIsCutOff() {
        assertThat(fault("# STOCKHOLM 1.0\nq MKVL\n").kind()).isEqualTo(Kind.TRUNCATED);
    }
}
