package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids();

    @Test
    void makes_ids_that_rise_and_are_never_made_twice() {
        List<UUID> made = Stream.generate(ids).limit(10_000).toList();

        assertThat(made).isSortedAccordingTo(Ids.ORDER).doesNotHaveDuplicates().allMatch(id -> id.version() == 7);
    }

    @Test
    void makes_different_ids_on_many_threads() {
        List<UUID> made = Stream.generate(() -> ids)
                .limit(10_000)
                .parallel()
                .map(Ids::get)
                .toList();

        assertThat(made).doesNotHaveDuplicates();
    }

    @Test
    void orders_ids_as_postgresql_does() throws SQLException {
        List<UUID> some = List.of(
                Ids.LAST,
                Ids.FIRST,
                UUID.fromString("80000000-0000-0000-0000-000000000000"),
                UUID.fromString("7fffffff-ffff-ffff-ffff-ffffffffffff"),
                UUID.fromString("019a0000-0000-7000-8000-000000000001"),
                UUID.fromString("019a0000-0000-7000-7000-000000000001"));

        assertThat(some.stream().sorted(Ids.ORDER)).containsExactlyElementsOf(sortedByPostgres(some));
    }

    private static List<UUID> sortedByPostgres(List<UUID> ids) throws SQLException {
        String values = ids.stream().map(id -> "('" + id + "'::uuid)").collect(Collectors.joining(","));
        try (Connection connection = TestDatabase.connect(TestDatabase.empty());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM (VALUES " + values + ") v(id) ORDER BY id")) {
            List<UUID> sorted = new ArrayList<>();
            while (rows.next()) {
                sorted.add(rows.getObject(1, UUID.class));
            }
            return sorted;
        }
    }
}
