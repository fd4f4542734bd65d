package io.heliograph.gateway.messages.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.MessageFields.Origin;
import io.heliograph.gateway.messages.fields.MessageFields.Read;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Recourse;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pure: at a moment of the test's choosing. What each wrong field gets, RefusingMessagesTest proves through HTTP. */
class MessageFieldsTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-20T12:00:00Z");
    private static final Origin ORIGIN =
            new Origin(7, UUID.fromString("019a0000-0000-7000-8000-000000000001"), NOW, null);

    private final MessageFields fields = new MessageFields(new Recipients("US"), Estimates.AT_ONCE);

    @Test
    void fill_in_what_is_left_out() {
        NewMessage message = valid(hello());

        assertThat(message)
                .isEqualTo(new NewMessage(
                        ORIGIN.id(),
                        7,
                        Channel.SMS,
                        Lane.NORMAL,
                        "+15005550010",
                        null,
                        "Hello",
                        null,
                        null,
                        1,
                        "gsm7",
                        null,
                        NOW.truncatedTo(ChronoUnit.MILLIS),
                        Duration.ofDays(3),
                        "fail",
                        null,
                        null,
                        null,
                        Recourse.USUAL,
                        TwilioExtras.NONE,
                        null));
    }

    @Test
    void keep_a_wish_for_retries_with_its_durations_as_people_write_them() {
        NewMessage wishes = valid(hello().put(
                        "retry",
                        new JsonObject()
                                .put("attempts_max", 3)
                                .put("base", 300)
                                .put("cap", "300s")
                                .put("jitter", "none")));
        NewMessage none = valid(hello().put("retry", new JsonObject()));

        assertThat(wishes.recourse().retry())
                .isEqualTo(new JsonObject()
                        .put("attempts_max", 3)
                        .put("base", "5m")
                        .put("cap", "5m")
                        .put("jitter", "none"));
        assertThat(none.recourse()).isEqualTo(Recourse.USUAL);
    }

    @Test
    void refuse_what_would_expire_before_its_turn() {
        MessageFields behind = new MessageFields(new Recipients("US"), (_, _, _, _, _) -> Duration.ofMinutes(10));

        Read read = behind.read(hello().put("valid_for", "5m"), "", ORIGIN);
        Read inTime = behind.read(hello().put("valid_for", "15m"), "", ORIGIN);

        assertThat(((Read.Invalid) read).mistakes().told()).singleElement().satisfies(mistake -> {
            assertThat(mistake.code()).isEqualTo(ProblemCode.WOULD_EXPIRE);
            assertThat(mistake.at()).isEqualTo("/valid_for");
        });
        assertThat(((Read.Valid) inTime).message().estimatedSendAt())
                .isEqualTo(NOW.plusMinutes(10).truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void knows_every_field_of_a_message_among_the_values_that_a_batch_shares() {
        JsonObject shared = new JsonObject();
        MessageFields.NAMES.forEach(shared::putNull);

        assertThat(SharedFields.mistakes(shared, "/defaults").isEmpty()).isTrue();
    }

    @Test
    void take_null_for_left_out() {
        JsonObject withNulls = hello();
        MessageFields.NAMES.stream()
                .filter(name -> !withNulls.containsKey(name))
                .toList()
                .forEach(withNulls::putNull);

        assertThat(valid(withNulls)).isEqualTo(valid(hello()));
    }

    @Test
    void are_the_names_that_are_known() {
        JsonObject unknown = hello().put("x", 1);

        assertThat(mistakes(unknown).getFirst().detail())
                .isEqualTo("This field is not known here. Known are: "
                        + String.join(
                                ", ", MessageFields.NAMES.stream().sorted().toList()) + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T11:59:00Z, true",
        "2026-11-20T11:58:59Z, false",
        "2026-11-20T12:00:00Z, true",
        "2026-12-25T12:00:00Z, true",
        "2026-12-25T12:00:01Z, false",
        "2026-12-25T17:30:00+05:30, true",
        "2026-12-25T17:30:01+05:30, false"
    })
    void take_a_send_at_from_a_minute_ago_to_35_days_ahead(String sendAt, boolean taken) {
        assertThat(fields.read(hello().put("send_at", sendAt), "", ORIGIN) instanceof Read.Valid)
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "3600, PT1H",
        "1209600, P14D",
        "'1s', PT1S",
        "'90s', PT90S",
        "'10m', PT10M",
        "'4h', PT4H",
        "'2d', P2D",
        "'14d', P14D",
        "'1000ms', PT1S"
    })
    void take_a_validity_as_seconds_or_with_its_unit(String written, Duration validFor) {
        Object value = written.matches("[0-9]+") ? (Object) Integer.valueOf(written) : written;

        assertThat(valid(hello().put("valid_for", value)).validFor()).isEqualTo(validFor);
    }

    @ParameterizedTest
    @CsvSource({
        "Heliograph, Heliograph",
        "Helio 2, Helio 2",
        "H, H",
        "12345, 12345",
        "123, 123",
        "12345678, 12345678",
        "+15005550006, +15005550006",
        "(500) 555-0006, +15005550006"
    })
    void take_a_number_a_short_code_or_a_name_as_the_sender_of_an_sms(String from, String sender) {
        assertThat(valid(hello().put("from", from)).sender()).isEqualTo(sender);
    }

    @Test
    void count_characters_and_not_units() {
        assertThat(valid(hello().put("text", "😀".repeat(1_600))).segments()).isEqualTo(49);
        assertThat(mistakes(hello().put("text", "😀".repeat(1_601)))).hasSize(1);
    }

    @Test
    void count_the_bytes_of_metadata() {
        JsonObject fits = new JsonObject().put("a", "é".repeat(2_044));
        JsonObject doesNot = new JsonObject().put("a", "é".repeat(2_045));

        assertThat(fits.toBuffer().length()).isEqualTo(4_096);
        assertThat(valid(hello().put("metadata", fits)).metadata()).isEqualTo(fits);
        assertThat(mistakes(hello().put("metadata", doesNot)).getFirst().code()).isEqualTo(ProblemCode.TOO_LARGE);
    }

    @Test
    void keep_metadata_that_only_looks_like_a_nul() {
        JsonObject metadata = new JsonObject().put("a", "the text \\u0000 in six characters");

        assertThat(valid(hello().put("metadata", metadata)).metadata()).isEqualTo(metadata);
    }

    @Test
    void take_an_empty_list_of_media_for_none() {
        assertThat(valid(hello().put("media_urls", new JsonArray())).mediaUrls())
                .isNull();
        assertThat(mistakes(new JsonObject().put("to", "+15005550010").put("media_urls", new JsonArray())))
                .extracting(FieldMistake::at)
                .containsExactly("/text");
    }

    @Test
    void read_an_email_with_its_subject_and_its_html() {
        NewMessage message = valid(mail().put("from", "Tables@Example.com").put("html", "<p>Hello</p>"));

        assertThat(message.channel()).isEqualTo(Channel.EMAIL);
        assertThat(message.recipient()).isEqualTo("ann@example.com");
        assertThat(message.sender()).isEqualTo("Tables@example.com");
        assertThat(message.content())
                .isEqualTo(new JsonObject().put("subject", "Hi").put("html", "<p>Hello</p>"));
        assertThat(message.segments()).isZero();
        assertThat(message.encoding()).isEqualTo("utf8");
    }

    @Test
    void take_html_for_the_text_of_an_email_and_a_longer_text_than_an_sms_has() {
        JsonObject onlyHtml = mail().put("html", "<p>Hello</p>");
        onlyHtml.remove("text");

        assertThat(valid(onlyHtml).body()).isEmpty();
        assertThat(valid(mail().put("text", "x".repeat(50_000))).body()).hasSize(50_000);
        assertThat(mistakes(mail().put("text", "x".repeat(50_001)))).hasSize(1);
    }

    @Test
    void read_what_indias_operators_want_to_know() {
        JsonObject dlt = new JsonObject()
                .put("entity_id", "1701")
                .put("template_id", "1707")
                .put("variables", new JsonArray().add("123456").add("Ann"));

        assertThat(valid(hello().put("dlt", dlt)).content()).isEqualTo(new JsonObject().put("dlt", dlt));
        assertThat(valid(hello()).content()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"to\":\"nobody\"} | /to invalid_recipient",
                "{\"to\":\"+15005550010\"} | /to invalid_recipient",
                "{\"from\":\"Ann <ann@example.com>\"} | /from invalid_sender",
                "{\"subject\":null} | /subject missing",
                "{\"subject\":\" \"} | /subject empty",
                "{\"subject\":\"Hi\\nBcc: bob@example.com\"} | /subject invalid_text",
                "{\"subject\":7} | /subject wrong_type",
                "{\"html\":[]} | /html wrong_type",
                "{\"text\":null} | /text missing",
                "{\"dlt\":{}} | /dlt channel_mismatch",
                "{\"media_urls\":[\"https://example.com/a\"]} | /media_urls channel_mismatch",
                "{\"channel\":\"sms\",\"to\":\"+15005550010\"} | /subject channel_mismatch",
                "{\"channel\":\"whatsapp\",\"to\":\"+15005550010\",\"subject\":null,\"html\":\"x\"} | /html channel_mismatch"
            })
    void tell_what_is_wrong_with_an_email(String difference, String mistake) {
        assertThat(mistakes(mail().mergeIn(new JsonObject(difference))))
                .extracting(found -> found.at() + " " + found.code().word())
                .containsExactly(mistake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | /dlt wrong_type",
                "{\"entity_id\":1} | /dlt/entity_id wrong_type",
                "{\"template\":\"1\"} | /dlt/template unknown_field",
                "{\"variables\":\"1\"} | /dlt/variables wrong_type",
                "{\"variables\":[\"1\",2]} | /dlt/variables/1 invalid_text",
                "{\"variables\":[\"a\\u007cb\"]} | /dlt/variables/0 invalid_text"
            })
    void tell_what_is_wrong_with_a_registration(String dlt, String mistake) {
        JsonObject json = new JsonObject("{\"dlt\":" + dlt + "}");

        assertThat(mistakes(hello().mergeIn(json)))
                .extracting(found -> found.at() + " " + found.code().word())
                .containsExactly(mistake);
    }

    @Test
    void point_to_where_the_message_stands() {
        Read read = fields.read(new JsonObject().put("to", 1), "/messages/3", ORIGIN);

        assertThat(((Read.Invalid) read).mistakes().told())
                .extracting(FieldMistake::at)
                .containsExactly("/messages/3/to", "/messages/3/text");
    }

    private static JsonObject hello() {
        return new JsonObject().put("to", "+15005550010").put("text", "Hello");
    }

    private static JsonObject mail() {
        return new JsonObject()
                .put("to", "ann@example.com")
                .put("channel", "email")
                .put("subject", "Hi")
                .put("text", "Hello");
    }

    private NewMessage valid(JsonObject json) {
        return ((Read.Valid) fields.read(json, "", ORIGIN)).message();
    }

    private List<FieldMistake> mistakes(JsonObject json) {
        return ((Read.Invalid) fields.read(json, "", ORIGIN)).mistakes().told();
    }
}
