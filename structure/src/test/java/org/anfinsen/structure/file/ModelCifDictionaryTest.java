package org.anfinsen.structure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anfinsen.structure.TestChains;
import org.junit.jupiter.api.Test;
import org.rcsb.cif.CifIO;
import org.rcsb.cif.model.Block;
import org.rcsb.cif.model.Category;
import org.rcsb.cif.model.Column;
import org.rcsb.cif.model.ValueKind;

/**
 * Checks a file against the dictionaries: every item of ModelCIF's extension for name, presence, type, allowed values, keys
 * and links ({@code modelcif.tsv}, made of the dictionary by {@code scripts/modelcif_items.py}); every item of PDBx/mmCIF for
 * its name, which ciftools knows from that dictionary.
 */
class ModelCifDictionaryTest {

    private static final String RESIDUES = "MACDEFGHIKLMNPQRSTVWYX";

    private static final Map<String, Pattern> TYPES = Map.of(
            "code", Pattern.compile("[\\]\\[_,.;:\"&<>()/\\\\{}'`~!@#$%A-Za-z0-9*|+-]*"),
            "ucode", Pattern.compile("[\\]\\[_,.;:\"&<>()/\\\\{}'`~!@#$%A-Za-z0-9*|+-]*"),
            "line", Pattern.compile("[\\]\\[ \\t_(),.;:\"&<>/\\\\{}'`~!@#$%?+=*A-Za-z0-9|^-]*"),
            "text", Pattern.compile("[\\]\\[ \\n\\t()_,.;:\"&<>/\\\\{}'`~!@#$%?+=*A-Za-z0-9|^-]*"),
            "int", Pattern.compile("[+-]?[0-9]+"),
            "float", Pattern.compile("-?(([0-9]+)[.]?|([0-9]*[.][0-9]+))([(][0-9]+[)])?([eE][+-]?[0-9]+)?"));

    /** One item of the dictionary. */
    private record Item(
            String category,
            String name,
            boolean mandatory,
            String type,
            boolean key,
            Set<String> allowed,
            String parent) {

        static Item of(String line) {
            String[] cells = line.split("\t");
            return new Item(
                    cells[0],
                    cells[1],
                    cells[2].equals("yes"),
                    cells[3],
                    cells[4].equals("key"),
                    cells[5].equals("-") ? Set.of() : Set.copyOf(List.of(cells[5].split("\\|"))),
                    cells[6].equals("-") ? "" : cells[6]);
        }
    }

    private static Map<String, List<Item>> dictionary() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ModelCifDictionaryTest.class.getResourceAsStream("modelcif.tsv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Item::of)
                    .collect(Collectors.groupingBy(Item::category));
        }
    }

    private static Block read(String cif) throws IOException {
        return CifIO.readFromInputStream(new ByteArrayInputStream(cif.getBytes(StandardCharsets.UTF_8)))
                .getBlocks()
                .getFirst();
    }

    private static String withPairErrors() {
        return ModelCifWriter.write(
                TestChains.helix(RESIDUES), TestChains.description(), Optional.of((i, j) -> i == j ? 0 : 0.25 * i + j));
    }

    /** What is wrong with the items of ModelCIF in a file, in sentences. */
    private static List<String> faults(Block block) throws IOException {
        List<String> faults = new ArrayList<>();
        Map<String, List<Item>> dictionary = dictionary();
        for (Category category : block.getCategories().values()) {
            String name = category.getCategoryName();
            if (!name.startsWith("ma_")) {
                continue;
            }
            Map<String, Item> items = new LinkedHashMap<>();
            dictionary.getOrDefault(name, List.of()).forEach(item -> items.put(item.name(), item));
            for (String column : category.getColumnNames()) {
                if (!items.containsKey(column)) {
                    faults.add(name + "." + column + " is not in the dictionary");
                }
            }
            for (Item item : items.values()) {
                if (category.getColumnNames().contains(item.name())) {
                    checkValues(block, category, item, faults);
                } else if (item.mandatory()) {
                    faults.add(name + "." + item.name() + " is missing");
                }
            }
        }
        return faults;
    }

    private static void checkValues(Block block, Category category, Item item, List<String> faults) {
        Column<?> column = category.getColumn(item.name());
        Set<String> seen = new HashSet<>();
        Set<String> parents = parents(block, item);
        Pattern type = Objects.requireNonNull(TYPES.get(item.type()), item.type());
        for (int row = 0; row < category.getRowCount(); row++) {
            String where = item.category() + "." + item.name() + " in row " + (row + 1);
            if (column.getValueKind(row) != ValueKind.PRESENT) {
                if (item.mandatory()) {
                    faults.add(where + " has no value");
                }
                continue;
            }
            String value = column.getStringData(row);
            if (!type.matcher(value).matches()) {
                faults.add(where + ": '" + value + "' is no " + item.type());
            }
            if (!item.allowed().isEmpty() && !item.allowed().contains(value)) {
                faults.add(where + ": '" + value + "' is none of " + item.allowed());
            }
            if (item.key() && !seen.add(value)) {
                faults.add(where + ": the key '" + value + "' is repeated");
            }
            if (!parents.isEmpty() && !parents.contains(value)) {
                faults.add(where + ": '" + value + "' is not in " + item.parent());
            }
        }
    }

    /** The values that an item points to; none where it points nowhere. */
    private static Set<String> parents(Block block, Item item) {
        if (item.parent().isEmpty() || item.parent().equals(item.category() + "." + item.name())) {
            return Set.of();
        }
        String[] names = item.parent().split("\\.");
        Column<?> parent = block.getCategory(names[0]).getColumn(names[1]);
        return parent.isDefined() ? parent.stringData().collect(Collectors.toSet()) : Set.of("nothing");
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_"))
                .filter(part -> !part.isEmpty())
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
    }

    @Test
    void findsNoFaultInAFileWithPairErrors() throws IOException {
        assertThat(faults(read(withPairErrors()))).isEmpty();
    }

    @Test
    void findsNoFaultInAFileWithout() throws IOException {
        Block block = read(ModelCifWriter.write(TestChains.helix(RESIDUES), TestChains.description()));
        assertThat(faults(block)).isEmpty();
        assertThat(block.getCategories()).doesNotContainKey("ma_qa_metric_local_pairwise");
    }

    @Test
    void wouldFindAFault() throws IOException {
        String cif = withPairErrors();
        assertThat(faults(read(cif.replace("local-pairwise", "pairwise")))).hasSize(1);
        assertThat(faults(read(cif.replace("_ma_data.content_type", "_ma_data.contents"))))
                .hasSize(2);
        assertThat(faults(read(cif.replace("1 1 A 1 MET A 1 MET 4 0.00", "2 1 A 1 MET A 1 MET 5 low"))))
                .hasSize(3);
    }

    @Test
    void namesOnlyItemsOfTheMmcifDictionary() throws Exception {
        int items = 0;
        for (Category category : read(withPairErrors()).getCategories().values()) {
            Class<?> known = Class.forName("org.rcsb.cif.schema.mm." + camel(category.getCategoryName()));
            for (String item : category.getColumnNames()) {
                assertThat(known.getMethod("get" + camel(item)))
                        .as(category.getCategoryName() + "." + item)
                        .isNotNull();
                items++;
            }
        }
        assertThat(items).isGreaterThan(100);
    }

    @Test
    void givesEachPairItsError() throws IOException {
        Category pairs = read(withPairErrors()).getCategory("ma_qa_metric_local_pairwise");
        // X has no atoms that a metric could speak of.
        int nRes = RESIDUES.length() - 1;
        assertThat(pairs.getRowCount()).isEqualTo(nRes * nRes);
        int row = 5 * nRes + 7;
        assertThat(pairs.getColumn("label_seq_id_1").getStringData(row)).isEqualTo("6");
        assertThat(pairs.getColumn("label_comp_id_1").getStringData(row)).isEqualTo("PHE");
        assertThat(pairs.getColumn("label_seq_id_2").getStringData(row)).isEqualTo("8");
        assertThat(pairs.getColumn("metric_value").getStringData(row)).isEqualTo("8.25");
        assertThat(pairs.getColumn("metric_value").getStringData(0)).isEqualTo("0.00");
    }
}
