package io.heliograph.gateway.notifications.erasure;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of every column that could say something about a person it is known whether it does, and how it is told and erased. */
class PersonalColumnsTest {
    private static final String FILE = "/personal-columns.txt";

    // Whatever can hold a text; partitions are as their parents.
    private static final String COLUMNS = """
        SELECT c.relname || '.' || a.attname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND c.relname <> 'flyway_schema_history' AND a.attnum > 0 AND NOT a.attisdropped
          AND t.typname IN ('text', '_text', 'varchar', '_varchar', 'json', 'jsonb', '_jsonb', 'bytea', '_bytea', 'inet', 'xml')""";

    /** By column: none, erased, state, or goes. */
    private final Map<String, String> known = known();

    @Test
    void every_column_that_can_hold_a_text_is_known() throws Exception {
        Set<String> there = columns();

        Set<String> unknown = new TreeSet<>(there);
        unknown.removeAll(known.keySet());
        Set<String> gone = new TreeSet<>(known.keySet());
        gone.removeAll(there);

        assertThat(unknown)
                .as(
                        "columns without a line in src/test/resources" + FILE
                                + ": add `table.column none` for each of them, or, where it may"
                                + " say something about a person, `table.column erased` and a part for the table in ErasePart and ExportPart")
                .isEmpty();
        assertThat(gone).as("lines of columns that are not there").isEmpty();
    }

    @Test
    void every_table_with_something_about_persons_is_erased() {
        Set<String> parts = Stream.concat(ErasePart.ONCE.stream(), ErasePart.REPEATED.stream())
                .map(part -> part.table() + " " + part.sql())
                .collect(toCollection(TreeSet::new));

        assertThat(tables("erased", "state"))
                .allSatisfy(table -> assertThat(parts)
                        .as("a part of ErasePart that changes " + table)
                        .anyMatch(part -> part.startsWith(table + " ") || part.contains("UPDATE " + table + " ")));
    }

    @Test
    void every_table_with_something_about_persons_is_exported() {
        String export = Stream.concat(ExportPart.ALL.stream().map(ExportPart::sql), Stream.of(ExportStore.OTHERS))
                .reduce("", (all, sql) -> all + " " + sql.replaceAll("\\s+", " "));

        assertThat(tables("erased"))
                .allSatisfy(table -> assertThat(export)
                        .as("a part of ExportPart that tells " + table)
                        .containsPattern("(FROM|JOIN) " + table + "\\b"));
    }

    private Set<String> tables(String... hows) {
        return known.entrySet().stream()
                .filter(line -> Set.of(hows).contains(line.getValue()))
                .map(line -> line.getKey().substring(0, line.getKey().indexOf('.')))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> columns() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.fresh());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COLUMNS)) {
            Set<String> columns = new TreeSet<>();
            while (rows.next()) {
                boolean _ = columns.add(rows.getString(1));
            }
            return columns;
        }
    }

    private static Map<String, String> known() {
        try (InputStream file = PersonalColumnsTest.class.getResourceAsStream(FILE)) {
            Map<String, String> known = new TreeMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 3))
                    .forEach(line ->
                            assertThat(known.put(line[0], line[1])).as(line[0]).isNull());
            assertThat(known.values()).isSubsetOf("none", "erased", "state", "goes");
            return known;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
