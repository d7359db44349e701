package org.anfinsen.structure.casp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** The models of a TS file: {@code MODEL, PARENT, ATOM…, TER, END}, one to five times. */
final class TsCheck {

    private static final int ATOM_COLUMNS_MIN = 66;

    private final CaspCheck.Faults faults;
    private final @Nullable ProteinSequence target;
    private final Set<Integer> numbers = new HashSet<>();
    private final Set<String> atoms = new HashSet<>();
    private final Set<Integer> residues = new HashSet<>();
    private final Set<String> confidences = new HashSet<>();
    private int lastResidue;
    private boolean inModel;
    private boolean parent;
    private boolean terminated;

    TsCheck(CaspCheck.Faults faults, @Nullable ProteinSequence target) {
        this.faults = faults;
        this.target = target;
    }

    void check(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            int number = i + 1;
            String record = line.substring(0, Math.min(6, line.length())).strip();
            switch (record) {
                case "MODEL" -> beginModel(line, number);
                case "PARENT" -> {
                    require(inModel && (residues.isEmpty() || terminated), number, "PARENT belongs below MODEL or TER");
                    require(
                            line.matches("PARENT (N/A|\\w{4}(_\\w)?( \\w{4}(_\\w)?)*) *"),
                            number,
                            "PARENT is N/A or 1abc_A");
                    parent = true;
                    terminated = false;
                }
                case "ATOM" -> atom(line, number);
                case "TER" -> {
                    require(!residues.isEmpty(), number, "TER without coordinates");
                    terminated = true;
                }
                case "END" -> endModel(number);
                case "REMARK" -> {}
                default -> faults.add(number, "'" + record + "' does not belong into a model");
            }
        }
        require(!inModel, lines.size(), "the last model has no END");
    }

    private void beginModel(String line, int number) {
        require(!inModel, number, "the model before has no END");
        String model = line.substring(5).strip();
        if (!model.matches("[1-5]")) {
            faults.add(number, "'" + model + "' is no number of a model, 1 to 5");
        } else {
            require(numbers.add(Integer.parseInt(model)), number, "model " + model + " is there twice");
        }
        inModel = true;
        parent = false;
        terminated = false;
        lastResidue = Integer.MIN_VALUE;
        atoms.clear();
        residues.clear();
        confidences.clear();
    }

    private void endModel(int number) {
        require(inModel, number, "END without MODEL");
        require(!residues.isEmpty(), number, "a model without coordinates");
        require(terminated || residues.isEmpty(), number, "no TER before END");
        require(residues.size() < 3 || confidences.size() > 1, number, "the confidence of all residues is the same");
        inModel = false;
    }

    private void atom(String line, int number) {
        require(inModel && parent, number, "coordinates before PARENT");
        require(!terminated, number, "coordinates between TER and END");
        if (line.length() < ATOM_COLUMNS_MIN) {
            faults.add(number, line.length() + " columns, an ATOM line has " + ATOM_COLUMNS_MIN + " or more");
            return;
        }
        String residue = line.substring(22, 26).strip();
        if (!residue.matches("\\d+")) {
            faults.add(number, "'" + residue + "' is no residue number");
            return;
        }
        int index = Integer.parseInt(residue);
        require(index == lastResidue || residues.add(index), number, "residue " + index + " is there a second time");
        lastResidue = index;
        require(
                atoms.add(residue + line.substring(12, 16)),
                number,
                "atom " + line.substring(12, 16).strip() + " of residue " + index + " is there twice");
        checkResidue(line.substring(17, 20), index, number);
        numbersOf(line, number);
    }

    private void checkResidue(String name, int index, int number) {
        Optional<AminoAcid> found = AminoAcid.ofThreeLetterCode(name);
        if (found.isEmpty() || !found.get().isStandard()) {
            faults.add(number, "'" + name + "' is none of the 20 amino acids");
        } else if (target != null) {
            boolean inside = index >= 1 && index <= target.length();
            require(inside, number, "residue " + index + ", the target has 1 to " + target.length());
            require(
                    !inside || target.at(index - 1) == found.get(),
                    number,
                    "residue " + index + " is " + name + ", in the target it is another");
        }
    }

    private void numbersOf(String line, int number) {
        for (int column = 30; column < 54; column += 8) {
            String value = line.substring(column, column + 8).strip();
            require(value.matches("-?\\d+\\.\\d{3}"), number, "'" + value + "' is no coordinate with three decimals");
        }
        String confidence = line.substring(60, 66).strip();
        boolean good = confidence.matches("\\d{1,3}\\.\\d{1,2}") && Double.parseDouble(confidence) <= 100;
        require(good, number, "'" + confidence + "' is no confidence, 0 to 100");
        confidences.add(confidence);
    }

    private void require(boolean good, int line, String fault) {
        if (!good) {
            faults.add(line, fault);
        }
    }
}
