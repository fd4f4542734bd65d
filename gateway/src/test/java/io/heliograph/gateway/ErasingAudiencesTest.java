package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person in more audiences than one statement takes: by their id, by their address, and beside somebody else's id. */
class ErasingAudiencesTest {
    private static final int AUDIENCES = 1_300;

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    @BeforeEach
    void ann_is_in_all_of_them() {
        TestUsers.ann(GATEWAY);
        GATEWAY.sql()
                .execute("INSERT INTO campaign_audience (id, account_id, campaign_id, state)"
                        + " SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, "
                        + CampaignCalls.ACCOUNT
                        + ", uuid_v7_now(), 'ready' FROM generate_series(1, " + AUDIENCES + ") n");
        // As she was when the files came: no user, or one beside whose id her address stood; in some of them twice.
        rows(1, "'user ann', 'ann', NULL", "n % 2 = 0");
        rows(2, "'ann@example.com', NULL, 'ann@example.com'", "n % 4 = 1");
        rows(3, "'user bob', 'bob', 'ann@example.com'", "n % 4 <> 1");
    }

    @Test
    void leaves_none_of_them() {
        String erasure = json(TestUsers.delete(GATEWAY, "/v1/users/ann")).getString("id");

        GATEWAY.sql()
                .execute(
                        "UPDATE erasure SET requested_at = requested_at - interval '11 seconds', looked_at = '-infinity'");
        JsonObject proof = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestUsers.get(GATEWAY, "/v1/erasures/" + erasure),
                        found -> found.getString("finished_at") != null);

        assertThat(proof.getJsonObject("counts").getInteger("campaign_recipient"))
                .isEqualTo((int) GATEWAY.sql().count("SELECT count(*) FROM campaign_recipient"));
        assertThat(
                        GATEWAY.sql()
                                .count(
                                        "SELECT count(*) FROM campaign_recipient r WHERE r::text LIKE '%ann%' OR user_id IS NOT NULL"))
                .isZero();
    }

    @Test
    void exports_each_of_them_once_and_nobody_elses_id() {
        JsonArray all = new JsonArray();
        String cursor = null;
        do {
            JsonObject page = TestUsers.get(
                    GATEWAY, "/v1/users/ann/export?limit=31" + (cursor == null ? "" : "&cursor=" + cursor));
            all.addAll(page.getJsonArray("audiences"));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertThat(all.size()).isEqualTo((int) GATEWAY.sql().count("SELECT count(*) FROM campaign_recipient"));
        assertThat(all.stream().map(Object::toString).distinct().count()).isEqualTo((long) all.size());
        assertThat(all.encode()).doesNotContain("bob");
    }

    private static void rows(int n, String personUserAddress, String which) {
        GATEWAY.sql()
                .execute("INSERT INTO campaign_recipient (audience_id, n, account_id, person, user_id, address)"
                        + " SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, " + n + ", "
                        + CampaignCalls.ACCOUNT + ", " + personUserAddress + " FROM generate_series(1, " + AUDIENCES
                        + ") n WHERE " + which);
    }
}
