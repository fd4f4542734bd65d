package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of those who are to be told. */
class UploadingAudiencesTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void takes_users_addresses_languages_and_values() {
        TestUsers.ann(GATEWAY);
        String id = CALLS.draft(CampaignCalls.emails());

        JsonObject audience = CALLS.uploaded(id, """
                \uFEFFuser,email,locale,order_id,data.url,phone\r
                ann,,hi,"A,1",https://example.com/1,\r
                ,bob@Example.com,,A2,,+15005550011\r
                """);

        assertThat(audience.getString("state")).isEqualTo("ready");
        assertThat(audience.getInteger("persons")).isEqualTo(2);
        assertThat(GATEWAY.sql()
                        .text(
                                "SELECT string_agg(concat_ws('|', n, person, locale, data ->> 'order_id', data ->> 'url'), ' ' ORDER BY n)"
                                        + " FROM campaign_recipient"))
                .isEqualTo("1|user ann|hi|A,1|https://example.com/1 2|bob@example.com|A2");
        assertThat(CALLS.progress(id).getInteger("pending")).isEqualTo(2);
    }

    @Test
    void tells_of_broken_rows_by_their_line_and_waits_for_somebody_to_say_that_the_rest_is_enough() {
        String id = CALLS.draft(CampaignCalls.emails());

        JsonObject audience = CALLS.uploaded(id, """
                user,email,locale,order_id,url
                ,ok@example.com,,A1,
                ,nowhere,,A2,
                a b,,,A3,
                ,x@example.com,??,A4,
                ,y@example.com,,,
                ,z@example.com,,A6,ftp://x
                ,,,A7,
                ,w@example.com,A8
                """);

        assertThat(audience.getString("state")).isEqualTo("unconfirmed");
        assertThat(audience.getInteger("rows")).isEqualTo(8);
        assertThat(audience.getInteger("persons")).isOne();
        assertThat(audience.getInteger("broken")).isEqualTo(7);
        assertThat(told(audience.getJsonArray("errors")))
                .containsExactly(
                        "3 email invalid_recipient",
                        "4 user not_allowed",
                        "5 locale not_allowed",
                        "6 order_id missing",
                        "7 url wrong_type",
                        "8 user missing",
                        "9  wrong_size");
        assertThat(audience.encode()).doesNotContain("nowhere", "a b", "ftp");
        JsonObject page = json(GATEWAY.get("/v1/campaigns/" + id + "/audience/errors?limit=2&after_line=4"));
        assertThat(told(page.getJsonArray("errors"))).containsExactly("5 locale not_allowed", "6 order_id missing");
        assertThat(page.getInteger("next_after_line")).isEqualTo(6);

        assertThat(json(CALLS.act(id, "launch")).getString("code")).isEqualTo("audience_unconfirmed");
        assertThat(CALLS.get(id).getString("status")).isEqualTo("draft");
        CALLS.acted(id, "audience/confirm");
        CALLS.acted(id, "audience/confirm");
        CALLS.acted(id, "launch");

        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isOne();
    }

    @Test
    void is_launched_without_broken_rows_by_whoever_says_so() {
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "email,order_id\nok@example.com,A1\nnowhere,A2\n");

        HttpResponse<String> answer =
                GATEWAY.post("/v1/campaigns/" + id + "/launch", new JsonObject().put("accept_errors", true));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(CALLS.written(id).getInteger("audience")).isOne();
    }

    @Test
    void counts_a_person_once_however_they_are_named() {
        TestUsers.ann(GATEWAY);
        String id = CALLS.draft(CampaignCalls.emails());

        JsonObject audience = CALLS.uploaded(id, """
                user,email,order_id
                ann,,A1
                ,bob@example.com,A2
                ,ann@EXAMPLE.com,A3
                ,bob@Example.com,A4
                ann,,A5
                """);
        CALLS.acted(id, "launch");

        assertThat(audience.getInteger("persons")).isEqualTo(2);
        assertThat(audience.getInteger("duplicates")).isEqualTo(3);
        assertThat(CALLS.written(id).getInteger("audience")).isEqualTo(2);
        assertThat(GATEWAY.sql().text("SELECT string_agg(recipient, ' ' ORDER BY recipient) FROM message"))
                .isEqualTo("ann@example.com bob@example.com");
        assertThat(GATEWAY.sql().text("SELECT body FROM message WHERE user_id = 'ann'"))
                .contains("A1");
    }

    @Test
    void writes_to_an_address_once_though_two_users_are_named_beside_it() {
        TestUsers.ann(GATEWAY);
        TestUsers.put(GATEWAY, "bob", new JsonObject().put("email", "bob@example.com"));
        String id = CALLS.draft(CampaignCalls.emails());

        JsonObject audience =
                CALLS.uploaded(id, "user,email,order_id\nann,both@example.com,A1\nbob,both@example.com,A2\n");

        assertThat(audience.getInteger("persons")).isOne();
        assertThat(audience.getInteger("duplicates")).isOne();
    }

    @Test
    void writes_to_a_number_once_however_it_is_written() {
        EventCalls calls = new EventCalls(GATEWAY);
        calls.user("ann", new JsonObject().put("phone", TestUsers.PHONE), "feedback");
        calls.user("bob", new JsonObject().put("phone", "+15005550012"), "feedback");
        String id = CALLS.draft(CampaignCalls.emails().put("channel", "sms"));

        JsonObject audience = CALLS.uploaded(id, """
                user,phone,order_id
                ,+15005550010,A1
                ann,,A2
                ,+1 (500) 555-0010,A3
                bob,+15005550010,A4
                bob,+15005550012,A5
                """);
        CALLS.acted(id, "launch");

        assertThat(audience.getInteger("persons")).isEqualTo(2);
        assertThat(audience.getInteger("duplicates")).isEqualTo(3);
        CALLS.written(id);
        assertThat(
                        GATEWAY.sql()
                                .text(
                                        "SELECT string_agg(recipient || substring(body from 'A[0-9]'), ' ' ORDER BY recipient) FROM message"))
                .isEqualTo("+15005550010A1 +15005550012A5");
    }

    @Test
    void tells_a_user_once_whose_address_was_a_strangers_when_the_file_came() {
        TestUsers.ann(GATEWAY);
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "user,email,order_id\nann,,A1\n,new@example.com,A2\n");
        TestUsers.put(GATEWAY, "ann", new JsonObject().put("email", "new@example.com"));

        CALLS.acted(id, "launch");

        JsonObject progress = CALLS.written(id);
        assertThat(progress.getJsonObject("skipped").getJsonObject("by_reason"))
                .isEqualTo(new JsonObject().put("duplicate", 1));
        assertThat(progress.getJsonObject("accepted").getInteger("total")).isOne();
    }

    @Test
    void refuses_a_head_that_says_nothing() {
        String id = CALLS.draft(CampaignCalls.emails());

        HttpResponse<String> answer = CALLS.upload(id, "phone,colour,order_id,order_id\n+15005550010,red,A1,A1\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestUsers.pointers(answer)).containsExactly("/columns/1", "/columns/3", "/columns/0");
        assertThat(CALLS.upload(id, "").statusCode()).isEqualTo(400);
        assertThat(json(CALLS.upload(id, "email,order_id\n\"a@example.com,A1\n"))
                        .getString("code"))
                .isEqualTo("unreadable");
        assertThat(GATEWAY.send(GATEWAY.request("/v1/campaigns/" + id + "/audience")
                                .PUT(BodyPublishers.ofByteArray(
                                        "email\nb\u00FCro@example.com\n".getBytes(StandardCharsets.ISO_8859_1)))
                                .header("Content-Type", "text/csv"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.send(GATEWAY.request("/v1/campaigns/" + id + "/audience")
                                .PUT(BodyPublishers.ofString("{}"))
                                .header("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(TestUsers.get(GATEWAY, "/v1/campaigns/" + id + "/audience").getString("state"))
                .isEqualTo("none");
    }

    @Test
    void leaves_what_was_in_force_when_another_breaks_half_way() throws Exception {
        String id = CALLS.draftOf(CampaignCalls.emails(), 2);
        StringBuilder half = new StringBuilder("email,order_id\r\n");
        for (int i = 0; i < 5_000; i++) {
            half.append("half").append(i).append("@example.com,A\r\n");
        }
        try (Socket socket = new Socket("localhost", GATEWAY.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /v1/campaigns/" + id + "/audience HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                            + "Authorization: Bearer " + RunningGateway.API_KEY + "\r\nContent-Length: 10000000\r\n\r\n"
                            + half)
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            await().until(() -> GATEWAY.sql().count("SELECT max(rows) FROM campaign_audience") >= 2_000);
        }

        await().until(() ->
                GATEWAY.sql().count("SELECT count(*) FROM campaign_audience WHERE state = 'uploading'") == 0);
        assertThat(CALLS.progress(id).getInteger("audience")).isEqualTo(2);
        CALLS.acted(id, "launch");
        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isEqualTo(2);
        // And what arrived of it goes.
        await().until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign_recipient") == 2);
    }

    @Test
    void replaces_an_audience_with_a_better_one() {
        String id = CALLS.draft(CampaignCalls.emails());
        CALLS.uploaded(id, "email,order_id\nnowhere,A1\nok@example.com,A2\n");

        CALLS.uploaded(id, "email,order_id\nno@example.com,A1\nok@example.com,A2\n");

        CALLS.acted(id, "launch");
        assertThat(CALLS.written(id).getJsonObject("accepted").getInteger("total"))
                .isEqualTo(2);
    }

    private static List<String> told(JsonArray errors) {
        return errors.stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getInteger("line") + " " + error.getString("field") + " " + error.getString("code"))
                .toList();
    }
}
