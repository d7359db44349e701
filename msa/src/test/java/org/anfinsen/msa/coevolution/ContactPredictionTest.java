package org.anfinsen.msa.coevolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class ContactPredictionTest {

    /** 400 random rows in which the letters of columns 2 and 11 are the same. */
    private static Coevolution coupled() {
        SplittableRandom random = new SplittableRandom(6);
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", "ACDEFGHIKLMDPQRSTV"));
        for (int row = 1; row < 400; row++) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 18; i++) {
                letters.append("ACDEFGHIKL".charAt(random.nextInt(10)));
            }
            letters.setCharAt(11, letters.charAt(2));
            builder.add("r" + row, letters.toString());
        }
        return Coevolution.of(builder.build());
    }

    @Test
    void ranksTheCoupledPairFirstWithAHighProbability() {
        List<PredictedContact> contacts = ContactPrediction.of(coupled());
        assertThat(contacts).hasSize(12 * 13 / 2);
        PredictedContact first = contacts.getFirst();
        assertThat(first.i()).isEqualTo(2);
        assertThat(first.j()).isEqualTo(11);
        assertThat(first.probability()).isGreaterThan(0.9);
        assertThat(contacts.get(1).probability()).isLessThan(0.6);
    }

    @Test
    void writesCaspRrWithTheSequenceInLinesOfFifty() {
        ProteinSequence target = new ProteinSequence("T1", "A".repeat(60));
        List<PredictedContact> contacts =
                List.of(new PredictedContact(0, 59, 0.91234), new PredictedContact(3, 20, 0.5));
        assertThat(CaspRrWriter.write(target, "Anfinsen", contacts, "DCA", 1).lines())
                .containsExactly(
                        "PFRMAT RR",
                        "TARGET T1",
                        "AUTHOR Anfinsen",
                        "METHOD DCA",
                        "MODEL 1",
                        "A".repeat(50),
                        "A".repeat(10),
                        "1 60 0 8 0.9123",
                        "END");
    }
}
