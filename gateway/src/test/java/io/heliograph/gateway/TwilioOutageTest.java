package io.heliograph.gateway;

import static io.heliograph.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.PrivatePostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Twilio's SDKs are told while the database is away: some of them repeat a request by themselves after some answers. */
class TwilioOutageTest {
    private static final String HELLO = "To=%2B15005550010&From=%2B15005550006&Body=Hello";

    private static PrivatePostgres postgres;
    private static RunningGateway gateway;
    private static TwilioAccount account;

    @BeforeAll
    static void start() {
        postgres = PrivatePostgres.start();
        gateway = new RunningGateway(postgres.url());
        account = TwilioAccount.of(gateway);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        postgres.close();
    }

    @Test
    void says_that_it_may_be_repeated_when_nothing_was_stored_for_certain() {
        // The connections that there were break with the first requests.
        postgres.stop();
        await().atMost(Duration.ofSeconds(20)).until(() -> create().statusCode() == 429);

        HttpResponse<String> response = create();

        assertThat(json(response).getInteger("code")).isEqualTo(20429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        postgres.startAgain();
        goesOn();
    }

    @Test
    void says_what_no_sdk_repeats_by_itself_when_it_may_have_been_stored() {
        postgres.freeze();

        HttpResponse<String> response = create();

        assertThat(response.statusCode()).isEqualTo(408);
        assertThat(json(response).getInteger("code")).isEqualTo(20503);
        postgres.thaw();
        goesOn();
    }

    private static HttpResponse<String> create() {
        return account.post("/Messages.json", HELLO);
    }

    private static void goesOn() {
        await().atMost(Duration.ofSeconds(20)).until(() -> create().statusCode() == 201);
    }
}
