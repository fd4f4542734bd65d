package io.heliograph.gateway.booking.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What WhatsApp shows instead of numbers: buttons where their labels have room, a list otherwise. */
class ContentTest {
    private static final String LONG = "Dr. Venkatanarasimharajuvaripeta";
    private static final BookingSettings BOTH = settings(new JsonObject()
            .put("quick_reply", new JsonObject().put("2", "HXbuttons"))
            .put("list", list()));

    @Test
    void a_list_cuts_a_label_that_is_too_long_and_says_so_with_dots() {
        JsonObject content = listed(LONG, "Dr. Rao");

        assertThat(content.getString("content_sid")).isEqualTo("HXlist");
        assertThat(content.getJsonObject("content_variables"))
                .isEqualTo(new JsonObject()
                        .put("1", "Which?")
                        .put("2", "Dr. Venkatanarasimharaj…")
                        .put("3", "Dr. Rao"));
    }

    @Test
    void a_label_of_just_as_many_signs_as_there_is_room_for_stays_whole() {
        String emoji = "\uD83D\uDE00".repeat(24);

        JsonObject content = listed(emoji, emoji + "x");

        assertThat(content.getJsonObject("content_variables").getString("2")).isEqualTo(emoji);
        // Between two signs, not within one.
        assertThat(content.getJsonObject("content_variables").getString("3"))
                .isEqualTo("\uD83D\uDE00".repeat(23) + "…");
    }

    @Test
    void buttons_are_not_cut_they_give_way_to_a_list() {
        assertThat(sid(Content.of(BOTH, "Which?", List.of("Dr. Rao", "Dr. Das"))))
                .isEqualTo("HXbuttons");
        assertThat(sid(Content.of(BOTH, "Which?", List.of("Dr. Rao", LONG)))).isEqualTo("HXlist");
    }

    private static JsonObject listed(String... labels) {
        BookingSettings settings = settings(new JsonObject().put("list", list()));
        return Objects.requireNonNull(Content.of(settings, "Which?", List.of(labels)));
    }

    private static String sid(@Nullable JsonObject content) {
        return content == null ? "none" : content.getString("content_sid");
    }

    private static JsonObject list() {
        return new JsonObject().put("2", "HXlist");
    }

    private static BookingSettings settings(JsonObject contents) {
        return new BookingSettings(BookingSettings.DAYS_AHEAD_USUAL, contents);
    }
}
