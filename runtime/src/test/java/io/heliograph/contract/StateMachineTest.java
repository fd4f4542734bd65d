package io.heliograph.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The state machine is written once and shown three times; here the three are held against each other. */
class StateMachineTest {
    private static final Path LIFECYCLE = Path.of("..", "docs", "message-lifecycle.md");
    private static final Pattern EDGE = Pattern.compile("^ {4}(\\w+) --> (\\w+): .+$", Pattern.MULTILINE);
    private static final Pattern STATE = Pattern.compile("^\\| `(\\w+)` \\|.*\\| (yes|no) \\|$", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("'(\\w+)'");

    private static DatabaseUrl database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @Test
    void the_schema_allows_the_moves_of_the_enum_and_no_others() {
        List<String> allowedBySchema = rows("SELECT a || ' ' || b FROM unnest(" + words() + ") a, unnest(" + words()
                + ") b WHERE message_may_move(a, b)");

        assertThat(allowedBySchema).containsExactlyInAnyOrderElementsOf(movesOfTheEnum());
    }

    @Test
    void the_schema_settles_the_states_that_the_enum_settles() {
        List<String> settledBySchema = rows("SELECT a FROM unnest(" + words() + ") a WHERE message_is_settled(a)");

        assertThat(settledBySchema)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(MessageStatus.values())
                        .filter(MessageStatus::isSettled)
                        .map(MessageStatus::word)
                        .toList());
    }

    @Test
    void the_schema_gives_to_another_provider_what_the_enum_gives() {
        List<String> codes = Arrays.stream(Reason.values()).map(Reason::code).toList();
        List<String> givenBySchema = rows("SELECT code FROM unnest(ARRAY['" + String.join("','", codes)
                + "', NULL]) code WHERE another_provider_may_do_better(code)");

        assertThat(givenBySchema)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .filter(Reason::anotherProviderMayDoBetter)
                        .map(Reason::code)
                        .toList());
    }

    @Test
    void the_columns_of_a_message_take_the_words_of_the_enums() {
        assertThat(wordsOfConstraint("message", "status_is_known")).containsExactlyInAnyOrderElementsOf(statusWords());
        assertThat(wordsOfConstraint("message", "lane_is_known")).containsExactlyInAnyOrderElementsOf(Lane.WORDS);
        assertThat(wordsOfConstraint("message", "channel_is_known")).containsExactlyInAnyOrderElementsOf(Channel.WORDS);
        assertThat(wordsOfConstraint("outbox", "outbox_lane_is_known")).containsExactlyInAnyOrderElementsOf(Lane.WORDS);
    }

    @Test
    void the_diagrams_show_every_move_of_the_enum_once_and_no_others() throws IOException {
        List<String> drawn = EDGE.matcher(Files.readString(LIFECYCLE))
                .results()
                .map(edge -> edge.group(1) + " " + edge.group(2))
                .toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(movesOfTheEnum());
    }

    @Test
    void the_document_names_every_state_and_says_whether_it_is_settled() throws IOException {
        List<String> named = STATE.matcher(Files.readString(LIFECYCLE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(named)
                .containsExactlyElementsOf(Arrays.stream(MessageStatus.values())
                        .map(status -> status.word() + (status.isSettled() ? " yes" : " no"))
                        .toList());
    }

    @Test
    void no_move_leads_back_from_a_settled_state_to_work_that_is_still_to_do() {
        assertThat(Arrays.stream(MessageStatus.values()).filter(MessageStatus::isSettled))
                .allSatisfy(settled -> assertThat(settled.next()).allMatch(MessageStatus::isSettled));
    }

    private static Set<String> movesOfTheEnum() {
        Set<String> moves = new TreeSet<>();
        for (MessageStatus from : MessageStatus.values()) {
            from.next().forEach(to -> moves.add(from.word() + " " + to.word()));
        }
        return moves;
    }

    private static List<String> statusWords() {
        return Arrays.stream(MessageStatus.values()).map(MessageStatus::word).toList();
    }

    private static String words() {
        return "ARRAY['" + String.join("','", statusWords()) + "']";
    }

    private static Set<String> wordsOfConstraint(String table, String constraint) {
        String definition = rows("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '" + constraint
                        + "' AND conrelid = '" + table + "'::regclass")
                .getFirst();
        return QUOTED.matcher(definition)
                .results()
                .map((MatchResult word) -> word.group(1))
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> rows(String sql) {
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
