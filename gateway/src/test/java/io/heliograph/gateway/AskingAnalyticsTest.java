package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked of sums: days of a zone, groups by page, and what gets a problem. */
class AskingAnalyticsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final SumCalls SUMS = new SumCalls(GATEWAY);

    @BeforeEach
    void forget() {
        SUMS.forget();
    }

    /** Whatever a test did: counted anew, it comes to the same. */
    @AfterEach
    void is_what_the_messages_say() {
        SUMS.fold();
        assertThat(SUMS.recount("(now() AT TIME ZONE 'UTC')::date")).isZero();
    }

    @Test
    void takes_the_days_of_a_time_zone() {
        // 23:59 and 00:00 in Kolkata; then 23:59 and 00:00 in UTC.
        for (String time : List.of(
                "2026-11-10T18:29:00Z", "2026-11-10T18:30:00Z", "2026-11-10T23:59:59Z", "2026-11-11T00:00:00Z")) {
            SUMS.insertAt(time);
        }
        SUMS.fold();

        String days = "group_by=day&from=2026-11-10&to=2026-11-12";
        assertThat(SUMS.groups(days).stream().map(group -> group.getString("day") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-10 3", "2026-11-11 1");
        assertThat(SUMS.groups(days + "&time_zone=Asia/Kolkata").stream()
                        .map(group -> group.getString("day") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-10 1", "2026-11-11 3");
        assertThat(SUMS
                        .groups(
                                "group_by=hour&from=2026-11-10T18:30:00Z&to=2026-11-11T00:00:00Z&time_zone=Asia/Kolkata")
                        .stream()
                        .map(group -> group.getString("hour") + " " + group.getInteger("accepted")))
                .containsExactly("2026-11-11T00:00 1", "2026-11-11T05:00 1");
        assertThat(SUMS.groups("group_by=month&from=2026-11-01&to=2026-12-01")
                        .getFirst()
                        .getString("month"))
                .isEqualTo("2026-11");
        assertThat(SUMS.recount("'2026-11-10'::date")).isZero();
    }

    @Test
    void goes_on_with_the_groups_after_the_page() {
        for (String to : List.of("+15005550010", "+447911123456", "+919876543210", "+4915123456789", "+33612345678")) {
            SUMS.receipt(SUMS.sending(to), "delivered");
        }
        SUMS.fold();
        List<String> countries = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = SUMS.page("group_by=country,day&limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            assertThat(page.getJsonObject("total").getInteger("accepted")).isEqualTo(5);
            page.getJsonArray("groups").forEach(group -> countries.add(((JsonObject) group).getString("country")));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(countries).containsExactly("DE", "FR", "GB", "IN", "US");
    }

    @Test
    void counts_what_its_own_account_may_see() {
        TestMessages.queued(GATEWAY);
        SUMS.fold();
        String other = TestAccounts.add(GATEWAY, "other", "messages:read");
        String writer = TestAccounts.add(GATEWAY, "other", "messages:write");

        assertThat(json(GATEWAY.get("/v1/analytics?group_by=day", "Authorization", "Bearer " + other))
                        .getJsonArray("groups"))
                .isEmpty();
        assertThat(GATEWAY.get("/v1/analytics", "Authorization", "Bearer " + writer)
                        .statusCode())
                .isEqualTo(403);
        assertThat(SUMS.total("").getInteger("accepted")).isOne();
    }

    @Test
    void says_until_when_messages_are_counted() {
        TestMessages.queued(GATEWAY);
        JsonObject before = SUMS.page("");
        SUMS.fold();
        JsonObject after = SUMS.page("");

        assertThat(before.getJsonObject("total").getInteger("accepted")).isZero();
        assertThat(before.getJsonObject("total").getValue("delivery_rate")).isNull();
        assertThat(after.getJsonObject("total").getInteger("accepted")).isOne();
        assertThat(after.getInstant("as_of")).isAfter(before.getInstant("as_of"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group_by=week | not_allowed | group_by",
                "group_by=day,hour | not_allowed | group_by",
                "group_by=channel,channel | not_allowed | group_by",
                "group_by=day, | empty | group_by",
                "from=yesterday | invalid_time | from",
                "to=2026-11-10T18:31:00Z | invalid_time | to",
                "from=2026-11-10&to=2026-11-10 | not_allowed | from",
                "from=2025-01-01&to=2026-11-10 | not_allowed | from",
                "time_zone=Mars/Olympus | not_allowed | time_zone",
                "time_zone=SystemV/EST5 | not_allowed | time_zone",
                "time_zone=%2B05:30 | not_allowed | time_zone",
                "time_zone=Asia/Kathmandu | not_allowed | time_zone",
                "channel=fax | not_allowed | channel",
                "country=India | not_allowed | country",
                "reason=bad_luck | not_allowed | reason",
                "type=a,,b | empty | type",
                "provider=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 | too_many | provider",
                "variant=a&variant=b | repeated_parameter | variant",
                "limit=0 | not_allowed | limit",
                "limit=1001 | not_allowed | limit",
                "cursor=abc | invalid_cursor | cursor",
                "cursor=WyJhIl0 | invalid_cursor | cursor",
                "groupby=day | unknown_parameter | groupby"
            })
    void refuses_what_it_does_not_know(String query, String code, String parameter) {
        HttpResponse<String> response = GATEWAY.get("/v1/analytics?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).getString("code")).isEqualTo(code);
        assertThat(json(response).getJsonArray("errors").getJsonObject(0).getString("parameter"))
                .isEqualTo(parameter);
    }

    @Test
    void names_all_that_is_wrong() {
        JsonObject problem =
                json(GATEWAY.get("/v1/analytics?group_by=x&from=y&channel=z&country=1&limit=no&what=else"));

        assertThat(problem.getJsonArray("errors").stream().map(error -> ((JsonObject) error).getString("parameter")))
                .containsExactlyInAnyOrder("group_by", "from", "channel", "country", "limit", "what");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Etc/GMT+5", "EST5EDT"})
    void takes_time_zones_that_the_database_knows(String zone) {
        assertThat(GATEWAY.get("/v1/analytics?group_by=hour&time_zone=" + zone.replace("+", "%2B"))
                        .statusCode())
                .isEqualTo(200);
    }
}
