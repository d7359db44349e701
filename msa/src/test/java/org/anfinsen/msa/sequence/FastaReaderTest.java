package org.anfinsen.msa.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.msa.sequence.InputFault.Kind;
import org.junit.jupiter.api.Test;

class FastaReaderTest {

    private static final FastaReader READER = new FastaReader(new SequenceLimits(60, 3, 20, 10_000));

    private static List<FastaRecord> accepted(String text) {
        return switch (READER.read(text)) {
            case FastaResult.Accepted accepted -> accepted.records();
            case FastaResult.Refused refused ->
                throw new AssertionError(refused.faults().toString());
        };
    }

    private static List<InputFault> refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<InputFault> refused(byte[] bytes) {
        return switch (READER.read(bytes)) {
            case FastaResult.Accepted accepted ->
                throw new AssertionError(accepted.records().toString());
            case FastaResult.Refused refused -> refused.faults();
        };
    }

    private static InputFault onlyFault(String text) {
        List<InputFault> faults = refused(text);
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }

    private static List<InputNote.Kind> noteKinds(FastaRecord record) {
        return record.notes().stream().map(InputNote::kind).toList();
    }

    @Test
    void readsNameDescriptionAndWrappedResidues() {
        List<FastaRecord> records = accepted(">sp|P1 first one\nMKV\nLLW\n\n>second\r\nGGS\r\n");
        assertThat(records).hasSize(2);
        assertThat(records.get(0).sequence().name()).isEqualTo("sp|P1");
        assertThat(records.get(0).description()).isEqualTo("first one");
        assertThat(records.get(0).sequence().residues()).isEqualTo("MKVLLW");
        assertThat(records.get(0).notes()).isEmpty();
        assertThat(records.get(1).line()).isEqualTo(5);
    }

    @Test
    void takesABareSequenceAndSaysItsName() {
        FastaRecord record = accepted("MKVLL\n").getFirst();
        assertThat(record.sequence().name()).isEqualTo("sequence_1");
        assertThat(noteKinds(record)).containsExactly(InputNote.Kind.NAMED);
    }

    @Test
    void saysWhatItNormalised() {
        FastaRecord record = accepted(">a\nmkV LL*\n").getFirst();
        assertThat(record.sequence().residues()).isEqualTo("MKVLL");
        assertThat(noteKinds(record))
                .containsExactly(InputNote.Kind.LOWER_CASE, InputNote.Kind.WHITESPACE, InputNote.Kind.TRAILING_STOP);
        assertThat(record.notes().getFirst().text()).startsWith("2 lower-case");
    }

    @Test
    void predictsSelenocysteineAsCysteineAndPyrrolysineAsLysine() {
        FastaRecord record = accepted(">a\nMUVOL\n").getFirst();
        assertThat(record.sequence().residues()).isEqualTo("MCVKL");
        assertThat(noteKinds(record)).containsExactly(InputNote.Kind.SELENOCYSTEINE, InputNote.Kind.PYRROLYSINE);
    }

    @Test
    void takesUnknownResiduesAndSaysWhere() {
        FastaRecord record = accepted(">a\nMXVXL\n").getFirst();
        assertThat(record.sequence().residues()).isEqualTo("MXVXL");
        assertThat(record.notes().getFirst().text()).contains("[2, 4]");
    }

    @Test
    void dropsAByteOrderMark() {
        assertThat(accepted("\ufeff>a\nMKV\n").getFirst().sequence().name()).isEqualTo("a");
    }

    @Test
    void refusesAnEmptyInput() {
        assertThat(onlyFault("").kind()).isEqualTo(Kind.EMPTY_INPUT);
        assertThat(onlyFault(" \n\n\t\n").kind()).isEqualTo(Kind.EMPTY_INPUT);
    }

    @Test
    void refusesARecordWithoutSequence() {
        InputFault fault = onlyFault(">a\nMKV\n>b\n\n>c\nMKV\n");
        assertThat(fault.kind()).isEqualTo(Kind.RECORD_WITHOUT_SEQUENCE);
        assertThat(fault.record()).isEqualTo(2);
        assertThat(fault.line()).isEqualTo(3);
        assertThat(fault.name()).isEqualTo("b");
    }

    @Test
    void refusesDigitsGapsAmbiguousLettersAndInnerStopsWithTheirPlace() {
        List<InputFault> faults = refused(">a\nMK1VL2\nBA-ZJ*K\n");
        assertThat(faults)
                .extracting(InputFault::kind)
                .containsExactly(
                        Kind.DIGIT_IN_SEQUENCE,
                        Kind.DIGIT_IN_SEQUENCE,
                        Kind.AMBIGUOUS_RESIDUE,
                        Kind.GAP_IN_SEQUENCE,
                        Kind.AMBIGUOUS_RESIDUE,
                        Kind.AMBIGUOUS_RESIDUE,
                        Kind.STOP_INSIDE_SEQUENCE);
        assertThat(faults).extracting(InputFault::line).containsExactly(2, 2, 3, 3, 3, 3, 3);
        assertThat(faults).extracting(InputFault::column).containsExactly(3, 6, 1, 3, 4, 5, 6);
        assertThat(faults.get(2).remedy()).isEqualTo("Write D or N, or X if it is not known");
        assertThat(faults.get(2).message())
                .isEqualTo("record 1 (a), line 3, column 1: ambiguous residue 'B' (D or N). "
                        + "Write D or N, or X if it is not known");
    }

    @Test
    void countsARepeatedBadLetterOnce() {
        InputFault fault = onlyFault(">a\nM--K-L\n");
        assertThat(fault.found()).isEqualTo("gap '-', 3 times in this record");
    }

    @Test
    void refusesNucleotidesOverASensibleLength() {
        assertThat(onlyFault(">a\nATGGCGTACGTTAGCATCGA\n").kind()).isEqualTo(Kind.NUCLEOTIDE_SEQUENCE);
        assertThat(onlyFault(">a\nAUGGCGUACGUUAGCAUCGA\n").kind()).isEqualTo(Kind.NUCLEOTIDE_SEQUENCE);
        assertThat(accepted(">short\nGATTACA\n>glycines\nGGGGGGGGGGGGGGGGGGGGGGGG\n"))
                .hasSize(2);
    }

    @Test
    void refusesTwoRecordsWithOneName() {
        InputFault fault = onlyFault(">a x\nMKV\n>a y\nMKL\n");
        assertThat(fault.kind()).isEqualTo(Kind.DUPLICATE_NAME);
        assertThat(fault.record()).isEqualTo(2);
        assertThat(fault.found()).contains("record 1 on line 1");
    }

    @Test
    void refusesWhatIsOverALimitAndGivesBoth() {
        assertThat(onlyFault(">a\n" + "MK".repeat(40) + "\n").found()).isEqualTo("80 residues, limit 60");
        assertThat(onlyFault(">a\nM\n>b\nM\n>c\nM\n>d\nM\n").kind()).isEqualTo(Kind.TOO_MANY_RECORDS);
        assertThat(onlyFault(">" + "n".repeat(21) + "\nMKV\n").kind()).isEqualTo(Kind.NAME_TOO_LONG);
    }

    @Test
    void refusesBinaryAndOtherEncodings() {
        InputFault fault = onlyFault(">a\nMK\0V\n");
        assertThat(fault.kind()).isEqualTo(Kind.NOT_TEXT);
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.column()).isEqualTo(3);
        InputFault latin =
                refused(">a\n>\u00e9\nM".getBytes(StandardCharsets.ISO_8859_1)).getFirst();
        assertThat(latin.kind()).isEqualTo(Kind.NOT_UTF8);
        assertThat(latin.line()).isEqualTo(2);
        assertThat(latin.column()).isEqualTo(2);
        assertThat(refused(">a\nMKV".getBytes(StandardCharsets.UTF_16))
                        .getFirst()
                        .kind())
                .isIn(Kind.NOT_UTF8, Kind.NOT_TEXT);
    }

    @Test
    void refusesCompressedDataAndOtherFormats() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(">a\nMKV\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refused(compressed.toByteArray()).getFirst().found()).contains("gzip");
        assertThat(onlyFault("{\"sequence\": \"MKV\"}").kind()).isEqualTo(Kind.WRONG_FORMAT);
        assertThat(onlyFault("HEADER    HYDROLASE").kind()).isEqualTo(Kind.WRONG_FORMAT);
    }

    @Test
    void refusesAComplexAndSequencesOfUnknownResiduesOnly() {
        assertThat(onlyFault(">a\nMKV:MKL\n").kind()).isEqualTo(Kind.CHAIN_SEPARATOR);
        assertThat(onlyFault(">a\nXXXX\n").kind()).isEqualTo(Kind.ONLY_UNKNOWN_RESIDUES);
    }

    @Test
    void refusesTenMegabytesOfRubbishAfterReadingTheLimit() throws IOException {
        byte[] tenMegabytes = new byte[10_000_000];
        Arrays.fill(tenMegabytes, (byte) 'Q');
        InputStream rubbish = new ByteArrayInputStream(tenMegabytes);
        FastaResult result = READER.read(rubbish);
        assertThat(result).isInstanceOf(FastaResult.Refused.class);
        assertThat(rubbish.available()).isGreaterThan(9_900_000);
        assertThat(((FastaResult.Refused) result).faults().getFirst().kind()).isEqualTo(Kind.INPUT_TOO_LARGE);
    }

    @Test
    void listsAtMostFiftyFaultsAndCountsTheRest() throws IOException {
        FastaReader roomy = new FastaReader(SequenceLimits.DEFAULT);
        String text = IntStream.range(0, 80).mapToObj(i -> ">r" + i + "\nM1\n").collect(Collectors.joining());
        FastaResult result = roomy.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        FastaResult.Refused refused = (FastaResult.Refused) result;
        assertThat(refused.faults()).hasSize(FastaReader.FAULTS_MAX);
        assertThat(refused.faultCount()).isEqualTo(80);
    }
}
