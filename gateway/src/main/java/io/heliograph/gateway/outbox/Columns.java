package io.heliograph.gateway.outbox;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as a statement takes them: an array for each column. */
final class Columns {
    private Columns() {}

    static <F, T> T[] of(List<F> rows, IntFunction<T[]> array, Function<F, @Nullable T> value) {
        T[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }
}
