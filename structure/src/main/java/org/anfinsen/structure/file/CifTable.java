package org.anfinsen.structure.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rcsb.cif.model.BlockBuilder;
import org.rcsb.cif.model.CategoryBuilder;
import org.rcsb.cif.model.CifFileBuilder;
import org.rcsb.cif.model.StrColumnBuilder;

/** One mmCIF category, filled row by row; ciftools takes it column by column and does the quoting. */
final class CifTable {

    /** A value that is not known. */
    static final String UNKNOWN = "?";

    /** A value that does not apply. */
    static final String NOT_APPLICABLE = ".";

    private final String category;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    CifTable(String category, String... columns) {
        this.category = category;
        this.columns = List.of(columns);
    }

    /** Adds a row; values are written with {@code toString}, in the order of the columns. */
    CifTable row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    category + " has " + columns.size() + " columns, the row " + values.length + " values");
        }
        List<String> row = new ArrayList<>(values.length);
        for (Object value : values) {
            row.add(value.toString());
        }
        rows.add(row);
        return this;
    }

    void addTo(BlockBuilder<? extends CifFileBuilder> block) {
        fill(block.enterCategory(category));
    }

    private <P extends BlockBuilder<Q>, Q extends CifFileBuilder> void fill(CategoryBuilder<P, Q> builder) {
        for (int k = 0; k < columns.size(); k++) {
            StrColumnBuilder<CategoryBuilder<P, Q>, P, Q> column = builder.enterStrColumn(columns.get(k));
            for (List<String> row : rows) {
                switch (row.get(k)) {
                    case UNKNOWN -> column.markNextUnknown();
                    case NOT_APPLICABLE -> column.markNextNotPresent();
                    default -> column.add(row.get(k));
                }
            }
            column.leaveColumn();
        }
        builder.leaveCategory();
    }

    /** A number with so many decimals. */
    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
