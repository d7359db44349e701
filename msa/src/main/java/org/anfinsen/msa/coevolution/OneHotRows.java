package org.anfinsen.msa.coevolution;

import java.util.Arrays;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.weight.RowWeights;

/**
 * The rows of an alignment as one-hot vectors x_n over the states (column, amino acid) that tell rows apart: those that
 * some rows have and others do not. Gap and X are no state. The states of a column are numbered consecutively.
 */
final class OneHotRows {

    static final int AMINO_ACIDS = 20;
    private static final byte NONE = -1;

    final int rows;
    final int columns;
    /** {@code [L][N]}: which of its column's states a row has, counted from 0 in the column; -1 for none. */
    final byte[][] stateOf;
    /** {@code [L + 1]}: the number of the first state of each column. */
    final int[] firstState;
    /** {@code [N]}: w_n / Neff. */
    final double[] share;
    /** {@code [states]}: the weighted mean of x. */
    final double[] mean;

    OneHotRows(Alignment alignment, RowWeights weights) {
        rows = alignment.rows();
        columns = alignment.columns();
        share = new double[rows];
        Arrays.setAll(share, row -> weights.at(row) / weights.neff());
        stateOf = new byte[columns][rows];
        firstState = new int[columns + 1];
        for (int column = 0; column < columns; column++) {
            firstState[column + 1] = firstState[column] + numberStates(alignment, column, stateOf[column]);
        }
        mean = new double[firstState[columns]];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                if (stateOf[column][row] >= 0) {
                    mean[firstState[column] + stateOf[column][row]] += share[row];
                }
            }
        }
    }

    /** N_states. */
    int states() {
        return mean.length;
    }

    private static int numberStates(Alignment alignment, int column, byte[] states) {
        int[] seen = new int[AMINO_ACIDS];
        for (int row = 0; row < states.length; row++) {
            byte code = alignment.at(row, column);
            states[row] = code < AMINO_ACIDS ? code : NONE;
            if (code < AMINO_ACIDS) {
                seen[code]++;
            }
        }
        byte count = 0;
        byte[] number = new byte[AMINO_ACIDS];
        for (int code = 0; code < AMINO_ACIDS; code++) {
            boolean tellsRowsApart = seen[code] > 0 && seen[code] < states.length;
            number[code] = tellsRowsApart ? count++ : NONE;
        }
        for (int row = 0; row < states.length; row++) {
            states[row] = states[row] == NONE ? NONE : number[states[row]];
        }
        return count;
    }
}
