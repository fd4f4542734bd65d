package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's own inbox, as that person's browser or app reads it with a token. */
class PersonInboxTest {
    private static final JsonObject NOTHING = new JsonObject();
    private static final JsonObject READ = new JsonObject().put("read", true);

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private final TestInbox inbox = new TestInbox(GATEWAY);

    @BeforeEach
    void ann_and_bob() {
        inbox.user("ann");
        inbox.user("bob");
    }

    @Test
    void is_read_and_changed_with_a_token_as_with_the_accounts_key() {
        String first = inbox.ordered("ann", "A1");
        String second = inbox.ordered("ann", "A2");
        String token = inbox.token("ann");

        JsonObject read = json(inbox.byToken(token, "PATCH", "/v1/inbox/" + first, READ));
        JsonObject archived = json(inbox.byToken(
                token,
                "PATCH",
                "/v1/inbox",
                new JsonObject().put("ids", new JsonArray().add(second)).put("archived", true)));

        assertThat(read.getString("read_at")).isNotNull();
        assertThat(archived.getInteger("unread_count")).isZero();
        assertThat(json(inbox.byToken(token, "GET", "/v1/inbox", NOTHING))).isEqualTo(inbox.list(""));
        assertThat(json(inbox.byToken(token, "GET", "/v1/inbox/" + first, NOTHING)))
                .isEqualTo(read);
        assertThat(json(inbox.byToken(token, "POST", "/v1/inbox/read", NOTHING)).getInteger("marked"))
                .isEqualTo(1);
        assertThat(inbox.byToken(token, "DELETE", "/v1/inbox/" + first, NOTHING).statusCode())
                .isEqualTo(204);
        assertThat(inbox.list("").getJsonArray("items")).isEmpty();
    }

    @Test
    void is_nobody_elses() {
        String anns = inbox.ordered("ann", "A1");
        String bobs = inbox.ordered("bob", "B1");
        String token = inbox.token("bob");

        assertThat(TestInbox.titles(json(inbox.byToken(token, "GET", "/v1/inbox", NOTHING))))
                .containsExactly("Your order B1");
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            assertThat(inbox.byToken(token, method, "/v1/inbox/" + anns, READ).statusCode())
                    .as(method)
                    .isEqualTo(404);
        }
        JsonObject several = json(inbox.byToken(
                token,
                "PATCH",
                "/v1/inbox",
                READ.copy().put("ids", new JsonArray().add(anns).add(bobs))));
        assertThat(several.getJsonArray("unknown_ids")).containsExactly(anns);
        assertThat(json(inbox.byToken(token, "POST", "/v1/inbox/read", NOTHING)).getInteger("marked"))
                .isZero();
        assertThat(inbox.list("").getInteger("unread_count")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/ann/inbox",
                "/v1/users/bob/inbox",
                "/v1/users/bob",
                "/v1/messages",
                "/v1/notifications/x",
                "/v1/stream"
            })
    void lets_nobody_in_anywhere_else(String path) {
        assertThat(inbox.byToken(inbox.token("bob"), "GET", path, NOTHING).statusCode())
                .isEqualTo(401);
    }

    @Test
    void is_closed_without_a_token_that_is_good() {
        String expired = inbox.token("ann");
        GATEWAY.sql().execute("UPDATE inbox_token SET expires_at = now()");
        String token = inbox.token("ann");

        assertThat(GATEWAY.sendAsIs(GATEWAY.request("/v1/inbox")).statusCode()).isEqualTo(401);
        assertThat(GATEWAY.get("/v1/inbox").statusCode()).isEqualTo(401);
        assertThat(inbox.byToken(expired, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(401);
        assertThat(inbox.byToken(expired, "GET", "/v1/inbox/stream", NOTHING).statusCode())
                .isEqualTo(401);
        assertThat(inbox.byToken(expired, "PATCH", "/v1/inbox", READ).statusCode())
                .isEqualTo(401);
        assertThat(inbox.byToken(token.substring("inbox_".length()), "GET", "/v1/inbox", NOTHING)
                        .statusCode())
                .isEqualTo(401);
        // A URL ends up in logs: nobody is let in by one.
        assertThat(GATEWAY.sendAsIs(GATEWAY.request("/v1/inbox?token=" + token)).statusCode())
                .isEqualTo(401);
        assertThat(inbox.byToken(token, "GET", "/v1/inbox?token=" + token, NOTHING)
                        .statusCode())
                .isEqualTo(400);
        assertThat(inbox.byToken(token, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(200);
        assertThat(TestUsers.delete(GATEWAY, "/v1/users/ann/inbox-tokens").statusCode())
                .isEqualTo(204);
        assertThat(inbox.byToken(token, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(401);
    }

    @Test
    void keeps_a_token_by_its_hash_and_a_hundred_of_a_user_at_the_most() {
        String first = inbox.token("ann");
        GATEWAY.sql().execute("UPDATE inbox_token SET created_at = now() - interval '1 minute'");
        GATEWAY.sql()
                .execute(
                        "INSERT INTO inbox_token (token_hash, account_id, user_id, expires_at)"
                                + " SELECT sha256(n::text::bytea), account_id, user_id, expires_at FROM inbox_token, generate_series(1, 99) n");
        assertThat(inbox.byToken(first, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(200);

        String last = inbox.token("ann");

        assertThat(GATEWAY.sql().text("SELECT string_agg(t::text, '') FROM inbox_token t"))
                .doesNotContain(first, last, first.substring(10, 30));
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM inbox_token")).isEqualTo(100);
        assertThat(inbox.byToken(first, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(401);
        assertThat(inbox.byToken(last, "GET", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(200);
    }

    @Test
    void may_be_asked_for_by_pages_of_any_origin() {
        String token = inbox.token("ann");

        HttpResponse<String> asked = GATEWAY.sendAsIs(GATEWAY.request("/v1/inbox/" + inbox.ordered("ann", "A1"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
        HttpResponse<String> page =
                GATEWAY.get("/v1/inbox", "Authorization", "Bearer " + token, "Origin", "https://app.example.com");
        HttpResponse<String> refused = GATEWAY.get("/v1/inbox", "Origin", "https://app.example.com");
        HttpResponse<String> elsewhere = GATEWAY.get("/v1/users/ann/inbox", "Origin", "https://app.example.com");

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH", "DELETE");
        assertThat(asked.headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse("")
                        .toLowerCase(Locale.ROOT))
                .contains("authorization");
        for (HttpResponse<String> answer : List.of(asked, page, refused)) {
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(elsewhere.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void takes_no_long_bodies_and_says_what_it_takes() {
        String token = inbox.token("ann");

        assertThat(inbox.byToken(
                                token,
                                "PATCH",
                                "/v1/inbox",
                                new JsonObject().put("ids", new JsonArray().add("x".repeat(20_000))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(inbox.byToken(token, "PUT", "/v1/inbox", READ).statusCode()).isEqualTo(405);
        assertThat(inbox.byToken(token, "PATCH", "/v1/inbox", NOTHING).statusCode())
                .isEqualTo(400);
        assertThat(inbox.byToken(token, "GET", "/v1/inbox/a/b", NOTHING).statusCode())
                .isEqualTo(404);
    }
}
