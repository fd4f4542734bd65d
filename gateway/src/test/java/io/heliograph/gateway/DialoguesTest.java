package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole conversations, through a gateway on a real database: src/test/resources/dialogues has them as they are read on a telephone. Booking ids are
 * there as APT and an x for each of their characters. What differs is in target/dialogues as it was.
 */
class DialoguesTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/dialogues");
    private static final Path TRANSCRIPTS = Path.of("target/dialogues");
    private static final Pattern BOOKING_ID = Pattern.compile("APT[A-Z0-9]{10}");
    private static final Pattern VISIT = Pattern.compile(
            "\\((?:(somebody else) books )?(Dr \\w+) (?:has a visit of this patient )?on (\\S+) at (\\S+)\\)");

    @RegisterExtension
    static final RunningGateway gateway =
            new RunningGateway(TestDatabase.fresh(), Map.of(), new TestClock("2026-11-24T10:00:00+05:30"));

    private final Chat chat = new Chat(gateway);

    @BeforeEach
    void empty() {
        gateway.sql()
                .execute("DELETE FROM conversation; DELETE FROM inbound_message; DELETE FROM inbound_turn;"
                        + " UPDATE booking_conversation SET contents = '{}'");
        Chat.open(gateway);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "booking-a-visit",
                "a-rude-patient",
                "an-emergency",
                "in-hindi",
                "rescheduling",
                "cancelling",
                "a-day-that-has-passed",
                "a-time-that-somebody-else-takes",
                "starting-over",
                "after-an-hour-of-silence",
                "with-buttons",
                "what-cannot-be-read"
            })
    void goes_as_it_is_written(String dialogue) throws IOException {
        String script = Files.readString(SCRIPTS.resolve(dialogue + ".txt"));

        String held = hold(script);

        Files.createDirectories(TRANSCRIPTS);
        Files.writeString(TRANSCRIPTS.resolve(dialogue + ".txt"), held);
        assertThat(held).isEqualTo(script);
    }

    private String hold(String script) {
        List<String> held = new ArrayList<>();
        for (String line : script.lines().toList()) {
            if (line.startsWith("#")) {
                held.add(line);
            } else if (line.startsWith("(")) {
                held.add(line);
                happens(line);
            } else if (line.startsWith("patient")) {
                held.add(line);
                held.add(heard(chat.say(message(line))));
            }
        }
        return String.join("\n", held) + "\n";
    }

    private String heard(String text) {
        JsonObject content = chat.content();
        String shown = content.isEmpty()
                ? "clinic: " + text
                : "clinic shows " + (content.getString("content_sid").charAt(2) == 'b' ? "buttons" : "a list") + ": "
                        + shown(content);
        return BOOKING_ID
                .matcher(shown)
                .replaceAll("APTxxxxxxxxxx")
                .replace("\n", "\n  ")
                .replaceAll("\n +\n", "\n\n");
    }

    private static String shown(JsonObject content) {
        JsonObject variables = content.getJsonObject("content_variables");
        StringBuilder shown = new StringBuilder(variables.getString("1"));
        for (int i = 2; variables.containsKey(Integer.toString(i)); i++) {
            shown.append(i == 2 ? "\n" : " ")
                    .append("[")
                    .append(variables.getString(Integer.toString(i)))
                    .append("]");
        }
        return shown.toString();
    }

    private static MultiMap message(String line) {
        String what = line.substring(line.indexOf(':') + 2);
        if (line.startsWith("patient presses")) {
            boolean isNumber = Character.isDigit(what.charAt(0));
            return Chat.form("what stood on it").add(isNumber ? "ButtonPayload" : "ButtonText", what);
        }
        if (!line.startsWith("patient sends")) {
            return Chat.form(what);
        }
        if (what.startsWith("ten thousand")) {
            return Chat.form("I have a fever " + "and so on ".repeat(1_000));
        }
        String type = what.contains("voice") ? "audio/ogg" : "image/jpeg";
        int words = what.indexOf("with the words ");
        return Chat.form(words < 0 ? "" : what.substring(words + 15))
                .add("MediaUrl0", "https://media.example.com/1")
                .add("MediaContentType0", type);
    }

    private void happens(String line) {
        Matcher visit = VISIT.matcher(line);
        if (visit.matches()) {
            String phone = visit.group(1) == null ? Chat.PERSON : "+15005550012";
            JsonObject body = new JsonObject()
                    .put("doctor", visit.group(2).substring(3).toLowerCase(Locale.ROOT))
                    .put("starts_at", visit.group(3) + "T" + visit.group(4) + ":00+05:30")
                    .put("patient", new JsonObject().put("name", "Asha Rao").put("phone", phone));
            assertThat(gateway.post("/v1/appointments", body).statusCode()).isEqualTo(201);
            return;
        }
        switch (line) {
            case "(an hour passes)" -> pass("61 minutes");
            case "(two days pass)" -> pass("2 days");
            case "(the account has buttons and lists)" -> contents();
            default -> throw new AssertionError(line);
        }
    }

    private static void pass(String time) {
        gateway.sql().execute("UPDATE conversation SET last_at = last_at - interval '" + time + "'");
    }

    private static void contents() {
        JsonObject lists = new JsonObject();
        for (int choices = 3; choices <= 6; choices++) {
            lists.put(Integer.toString(choices), "HX" + "e".repeat(32));
        }
        JsonObject buttons = new JsonObject().put("2", "HX" + "b".repeat(32)).put("3", "HX" + "b".repeat(32));
        gateway.sql()
                .execute("UPDATE booking_conversation SET contents = '"
                        + new JsonObject().put("quick_reply", buttons).put("list", lists) + "'");
    }
}
