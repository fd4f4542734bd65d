package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.twilio.base.ResourceSet;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListMessagesTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void lists_over_pages_the_newest_first() {
        List<String> made = create(RunningSimulator.TO, 7);

        ResourceSet<Message> found = Message.reader().pageSize(3).read(running.twilio());

        assertThat(sids(found)).containsExactlyElementsOf(made.reversed());
    }

    @Test
    void lists_one_recipient_over_pages_and_leaves_out_what_was_refused() {
        List<String> first = create(RunningSimulator.TO, 2);
        create("+15005550011", 2);
        running.script("{\"to\": \"+15005550010\", \"times\": 1, \"answer\": {\"kind\": \"error\", \"code\": 21612}}");
        assertThat(catchThrowable(() -> create(RunningSimulator.TO, 1))).isNotNull();
        List<String> second = create(RunningSimulator.TO, 3);

        ResourceSet<Message> found = Message.reader()
                .setTo(new PhoneNumber(RunningSimulator.TO))
                .pageSize(2)
                .read(running.twilio());

        first.addAll(second);
        assertThat(sids(found)).containsExactlyElementsOf(first.reversed());
    }

    @Test
    void filters_by_sender_and_by_date() {
        create(RunningSimulator.TO, 2);
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

        assertThat(Message.reader().setFrom(new PhoneNumber("+15005550099")).read(running.twilio()))
                .isEmpty();
        assertThat(Message.reader().setDateSentAfter(now.minusMinutes(1)).read(running.twilio()))
                .hasSize(2);
        assertThat(Message.reader().setDateSentBefore(now.minusMinutes(1)).read(running.twilio()))
                .isEmpty();
        assertThat(Message.reader().setDateSentAfter(now.plusMinutes(1)).read(running.twilio()))
                .isEmpty();
    }

    @Test
    void takes_a_day_as_the_whole_day() throws Exception {
        create(RunningSimulator.TO, 1);
        String today = ZonedDateTime.now(ZoneOffset.UTC).toLocalDate().toString();
        String tomorrow =
                ZonedDateTime.now(ZoneOffset.UTC).toLocalDate().plusDays(1).toString();

        assertThat(list("?DateSent%3E=" + today + "&DateSent%3C=" + tomorrow).getJsonArray("messages"))
                .hasSize(1);
        assertThat(list("?DateSent=" + tomorrow).getJsonArray("messages")).isEmpty();
        assertThat(running.send("GET", RunningSimulator.MESSAGES + "?DateSent=yesterday", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shows_the_keys_of_a_page_and_no_others() throws Exception {
        create(RunningSimulator.TO, 3);

        JsonObject page = list("?To=%2B15005550010&PageSize=2");

        assertThat(page.fieldNames())
                .containsExactlyInAnyOrder(
                        "first_page_uri",
                        "end",
                        "previous_page_uri",
                        "messages",
                        "uri",
                        "page_size",
                        "start",
                        "next_page_uri",
                        "page");
        assertThat(page.getInteger("start")).isZero();
        assertThat(page.getInteger("end")).isEqualTo(1);
        assertThat(page.getString("first_page_uri"))
                .isEqualTo(RunningSimulator.MESSAGES + "?To=%2B15005550010&PageSize=2&Page=0");
        JsonObject next = new JsonObject(
                running.send("GET", page.getString("next_page_uri"), "").body());
        assertThat(next.getInteger("page")).isEqualTo(1);
        assertThat(next.getInteger("start")).isEqualTo(2);
        assertThat(next.getJsonArray("messages")).hasSize(1);
        assertThat(next.getValue("next_page_uri")).isNull();
    }

    @Test
    void answers_an_empty_list() throws Exception {
        JsonObject page = list("");

        assertThat(page.getJsonArray("messages")).isEmpty();
        assertThat(page.getInteger("page_size")).isEqualTo(50);
        assertThat(page.getInteger("end")).isZero();
    }

    @Test
    void shows_a_test_what_was_sent_to_a_recipient() {
        create(RunningSimulator.TO, 2);
        create("+15005550011", 1);

        JsonArray messages = running.control().messages("+15005550011");

        assertThat(messages).hasSize(1);
        assertThat(messages.getJsonObject(0).getString("body")).isEqualTo("Hi 0");
    }

    private static JsonObject list(String query) throws Exception {
        return new JsonObject(
                running.send("GET", RunningSimulator.MESSAGES + query, "").body());
    }

    private static List<String> create(String to, int count) {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sids.add(Message.creator(new PhoneNumber(to), new PhoneNumber(RunningSimulator.FROM), "Hi " + i)
                    .create(running.twilio())
                    .getSid());
        }
        return sids;
    }

    private static List<String> sids(ResourceSet<Message> messages) {
        List<String> sids = new ArrayList<>();
        messages.forEach(message -> sids.add(message.getSid()));
        return sids;
    }
}
