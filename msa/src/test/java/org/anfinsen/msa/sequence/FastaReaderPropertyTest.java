package org.anfinsen.msa.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anfinsen.protein.ProteinSequence;

class FastaReaderPropertyTest {

    private static final FastaReader READER = new FastaReader(SequenceLimits.DEFAULT);

    @Property
    void answersAnyBytes(@ForAll byte[] bytes) {
        assertThat(READER.read(bytes)).isNotNull();
    }

    @Property
    void answersAnyTextOfLettersThatMatter(@ForAll("nearlyFasta") String text) {
        switch (READER.read(text)) {
            case FastaResult.Accepted accepted -> assertThat(accepted.records()).isNotEmpty();
            case FastaResult.Refused refused -> {
                assertThat(refused.faults()).isNotEmpty();
                assertThat(refused.faults())
                        .allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
            }
        }
    }

    @Property
    void readsBackWhatWasWritten(@ForAll("sequences") List<String> sequences) {
        StringBuilder fasta = new StringBuilder();
        for (int i = 0; i < sequences.size(); i++) {
            fasta.append(">s").append(i).append('\n').append(sequences.get(i)).append('\n');
        }
        FastaResult result = READER.read(fasta.toString());
        assertThat(result).isInstanceOf(FastaResult.Accepted.class);
        assertThat(((FastaResult.Accepted) result).records())
                .extracting(FastaRecord::sequence)
                .extracting(ProteinSequence::residues)
                .containsExactlyElementsOf(sequences);
    }

    @Provide
    Arbitrary<String> nearlyFasta() {
        return Arbitraries.strings().withChars(">\n\r MKVXBU*-1:;#\u00e9\u00a0").ofMaxLength(60);
    }

    @Provide
    Arbitrary<List<String>> sequences() {
        return Arbitraries.strings()
                .withChars("DEFHIKLMPQRSVWY")
                .ofMinLength(1)
                .ofMaxLength(40)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
