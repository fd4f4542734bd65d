package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person opens a link and sees their own switches; nobody else does. */
class PreferencePageTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @BeforeEach
    void ann() {
        TestUsers.put(
                GATEWAY, "ann", new JsonObject().put("phone", "+919876543210").put("email", "ann@example.com"));
    }

    @Test
    void shows_the_switches_and_no_whole_address() {
        HttpResponse<String> page = open(link());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("+91****3210", "a****@example.com", "<legend>Orders</legend>")
                .contains("name=\"orders.email\" checked>", "name=\"orders.sms\">")
                .doesNotContain("9876543210", "ann@");
    }

    @Test
    void is_kept_by_nobody_runs_nothing_and_fetches_nothing() {
        HttpResponse<String> page = open(link());

        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex, nofollow");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(page.body()).doesNotContain("<script", "src=", "href=");
    }

    @Test
    void speaks_the_language_of_the_person() {
        TestUsers.send(GATEWAY, "PATCH", "/v1/users/ann", new JsonObject().put("locale", "hi-IN"));

        assertThat(open(link()).body()).contains("<html lang=\"hi\">", "ऑर्डर", "सहेजें");
    }

    @Test
    void saves_what_was_changed_and_nothing_else() {
        String path = link();

        HttpResponse<String> saved = post(
                path, "shown.orders.sms=off&orders.sms=on&shown.orders.email=on&shown.payments.sms=on&payments.sms=on");

        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(saved.headers().firstValue("Location")).contains("?saved=1");
        assertThat(open(path + "?saved=1").body()).contains("role=\"status\"");
        assertThat(GATEWAY.sql()
                        .text("SELECT string_agg(category || '.' || channel || ' ' || enabled, ', ' ORDER BY channel)"
                                + " FROM preference"))
                .isEqualTo("orders.email false, orders.sms true");
    }

    @Test
    void takes_no_switch_that_there_is_not() {
        HttpResponse<String> saved = post(link(), "shown.weather.sms=off&weather.sms=on&orders.sms=on&shown=");

        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM preference")).isZero();
    }

    @Test
    void a_link_opens_nothing_when_it_is_made_up_has_passed_or_was_revoked() {
        String passed = link();
        GATEWAY.sql().execute("UPDATE preference_link SET expires_at = now() - interval '1 second'");
        String revoked = link();
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann/preference-link").statusCode())
                .isEqualTo(204);

        for (String path : new String[] {passed, revoked, "/p/" + "A".repeat(43), "/p/x", "/p/%00"}) {
            assertThat(open(path).statusCode()).as(path).isEqualTo(404);
            assertThat(open(path).body()).contains("not valid any more", "मान्य नहीं");
            assertThat(post(path, "shown.orders.sms=off&orders.sms=on").statusCode())
                    .isEqualTo(404);
        }
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM preference")).isZero();
    }

    @Test
    void keeps_no_token() {
        String token = link().substring("/p/".length());

        assertThat(GATEWAY.sql().text("SELECT string_agg(l::text, ' ') FROM preference_link l"))
                .doesNotContain(token);
    }

    @Test
    void a_link_is_good_for_as_long_as_was_asked() {
        HttpResponse<String> short_ =
                GATEWAY.post("/v1/users/ann/preference-link", new JsonObject().put("valid_for", "2h"));
        HttpResponse<String> wrong =
                GATEWAY.post("/v1/users/ann/preference-link", new JsonObject().put("valid_for", "2y"));

        assertThat(short_.statusCode()).isEqualTo(201);
        assertThat(GATEWAY.sql().text("SELECT expires_at - created_at FROM preference_link"))
                .isEqualTo("02:00:00");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(GATEWAY.post("/v1/users/bob/preference-link", new JsonObject())
                        .statusCode())
                .isEqualTo(404);
    }

    /** The path of a new link. */
    private static String link() {
        HttpResponse<String> answer = GATEWAY.post("/v1/users/ann/preference-link", new JsonObject());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String url = json(answer).getString("url");
        assertThat(url).startsWith(RunningGateway.PUBLIC_URL + "/p/");
        return url.substring(RunningGateway.PUBLIC_URL.length());
    }

    private static HttpResponse<String> open(String path) {
        return GATEWAY.sendAsIs(GATEWAY.request(path).GET());
    }

    private static HttpResponse<String> post(String path, String form) {
        return GATEWAY.sendAsIs(GATEWAY.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }
}
