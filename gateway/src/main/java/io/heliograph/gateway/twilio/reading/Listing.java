package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.reading.Walks.Walk;

/**
 * How the messages of one table are listed along its indexes: the same for what people got and for what they wrote.
 *
 * @param columns that are read of each
 * @param isShown what holds for those that may be shown
 * @param time by which they are asked for
 */
@SuppressWarnings("InlineFormatString") // A statement is read as a whole, beside the other.
record Listing(String table, String columns, String isShown, String time) {
    // Each goes along the one index that has its order, which is that of the result, until enough were found. Compared
    // as a pair: an address that is equal would be no part of the order, which the account's index would then have as
    // well. The id by itself is for the partitions.
    private static final String LIST = """
        SELECT %1$s
        FROM (SELECT * FROM %2$s
              WHERE account_id = $1 %3$s AND id > $2 AND id < $3
              ORDER BY %4$s LIMIT $4) AS looked_at
        WHERE %5$s AND (%7$s::timestamptz IS NULL OR %6$s >= %7$s) AND (%8$s::timestamptz IS NULL OR %6$s < %8$s) %9$s
        LIMIT %10$s""";

    private static final String LAST = """
        SELECT id FROM %1$s
        WHERE account_id = $1 %2$s AND id > $2 AND id < $3
        ORDER BY %3$s OFFSET $4 - 1 LIMIT 1""";

    private static final String WITH_ADDRESS = "AND (%1$s, id) > ($5, $2) AND (%1$s, id) < ($5, $3)";

    /** After the parameters of the stretch come the limit, both times, and what {@code matching} names. */
    private record Numbers(String limit, String from, String until) {}

    Walks all() {
        Numbers numbers = new Numbers("$5", "$6", "$7");
        return new Walks(walk("", "id DESC", numbers, ""), walk("", "id", numbers, ""));
    }

    /** Those whose column has the address; {@code among} is what its index asks for beside. */
    Walks with(String column, String among, String matching) {
        String between = among + WITH_ADDRESS.formatted(column);
        Numbers numbers = new Numbers("$6", "$7", "$8");
        return new Walks(
                walk(between, column + " DESC, id DESC", numbers, matching),
                walk(between, column + ", id", numbers, matching));
    }

    private Walk walk(String between, String order, Numbers numbers, String matching) {
        return new Walk(
                LIST.formatted(
                        columns,
                        table,
                        between,
                        order,
                        isShown,
                        time,
                        numbers.from(),
                        numbers.until(),
                        matching,
                        numbers.limit()),
                LAST.formatted(table, between, order));
    }
}
