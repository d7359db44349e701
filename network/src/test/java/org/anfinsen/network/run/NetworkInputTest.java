package org.anfinsen.network.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;
import org.junit.jupiter.api.Test;

class NetworkInputTest {
    private static NetworkInput input(int nRes, int msaColumns, int nSeq) {
        return new NetworkInput(
                FloatTensor.zeros(nRes, 22),
                IntTensor.zeros(nRes),
                FloatTensor.zeros(nRes),
                FloatTensor.zeros(nSeq, msaColumns, 49),
                FloatTensor.zeros(nSeq, nRes),
                FloatTensor.zeros(0, nRes, 25),
                FloatTensor.zeros(0, nRes),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void givesBothShapesWhereTheyDiffer() {
        assertThatThrownBy(() -> input(7, 8, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("msa_feat")
                .hasMessageContaining("[5, 7, 49]")
                .hasMessageContaining("[5, 8, 49]");
    }

    @Test
    void refusesAnEmptyChainAndAnEmptyAlignment() {
        assertThatThrownBy(() -> input(0, 0, 5)).hasMessageContaining("N_res 0");
        assertThatThrownBy(() -> input(7, 7, 0)).hasMessageContaining("N_seq 0");
    }
}
