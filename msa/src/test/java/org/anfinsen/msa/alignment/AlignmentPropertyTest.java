package org.anfinsen.msa.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anfinsen.protein.ProteinSequence;

class AlignmentPropertyTest {

    private static final AlignmentReader READER = new AlignmentReader(AlignmentLimits.DEFAULT);

    @Property
    void readsBackItsOwnA3m(@ForAll("alignments") Alignment alignment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AlignmentWriter.writeA3m(alignment, out);
        assertThat(READER.read(out.toByteArray(), "x.a3m").orElseThrow()).isEqualTo(alignment);
    }

    @Property
    void readsBackItsOwnStockholm(@ForAll("alignments") Alignment alignment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AlignmentWriter.writeStockholm(alignment, out);
        assertThat(READER.read(out.toByteArray(), "x.sto").orElseThrow()).isEqualTo(alignment);
    }

    @Property
    void readsBackItsOwnAlignedFasta(@ForAll("alignments") Alignment alignment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AlignmentWriter.writeAlignedFasta(alignment, out);
        assertThat(READER.read(out.toByteArray(), "x.fas").orElseThrow()).isEqualTo(alignment);
    }

    @Property
    void answersAnyBytes(@ForAll byte[] bytes) {
        assertThat(READER.read(bytes, "x")).isNotNull();
    }

    @Property
    void answersAnyTextOfCharactersThatMatter(@ForAll("nearlyAlignments") String text) {
        switch (READER.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "x")) {
            case AlignmentResult.Accepted accepted ->
                assertThat(accepted.alignment().rows()).isPositive();
            case AlignmentResult.Refused refused -> assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> nearlyAlignments() {
        Arbitrary<String> start =
                Arbitraries.of("", ">q\nMK\n", "# STOCKHOLM 1.0\n", "CLUSTAL\n", "#2\t1\n", "\u001f\u008b");
        Arbitrary<String> rest =
                Arbitraries.strings().withChars(">#=/\n\r\t MKaB-.*1~\u00e9").ofMaxLength(60);
        return Combinators.combine(start, rest).as(String::concat);
    }

    /** One to six rows over one to nine columns; any column, and the end, may have inserted residues before it. */
    @Provide
    Arbitrary<Alignment> alignments() {
        return Arbitraries.integers().between(1, 9).flatMap(columns -> {
            Arbitrary<String> query =
                    Arbitraries.strings().withChars("ARNDCQEGHILKMFPSTWYVX").ofLength(columns);
            Arbitrary<String> cell = Combinators.combine(
                            Arbitraries.strings().withChars("acdxy").ofMaxLength(2),
                            Arbitraries.chars().with("ARNDCQEGHILKMFPSTWYVX--"))
                    .as((inserted, letter) -> inserted + letter);
            Arbitrary<String> row = Combinators.combine(
                            cell.list().ofSize(columns),
                            Arbitraries.strings().withChars("acdxy").ofMaxLength(2))
                    .as((cells, tail) -> String.join("", cells) + tail);
            return Combinators.combine(query, row.list().ofMaxSize(5)).as(AlignmentPropertyTest::alignment);
        });
    }

    private static Alignment alignment(String query, List<String> rows) {
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", query));
        IntStream.range(0, rows.size())
                .forEach(i -> builder.add(i % 2 == 0 ? "r" + i : "r" + i + " with words", rows.get(i)));
        return builder.build();
    }
}
