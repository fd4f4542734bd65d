package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uploads that take too long, or too many places: what was given up stays given up, and leaves nothing behind. */
class GivenUpUploadsTest {
    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway();

    private static final CampaignCalls CALLS = new CampaignCalls(GATEWAY);

    @Test
    void adds_nothing_to_what_was_given_up_and_is_gone() throws Exception {
        String id = CALLS.draftOf(CampaignCalls.emails(), 2);
        try (Upload upload = new Upload(id, RunningGateway.API_KEY, 5_000)) {
            await().until(() -> GATEWAY.sql().count("SELECT max(rows) FROM campaign_audience") >= 4_000);
            GATEWAY.sql().execute("UPDATE campaign_audience SET state = 'dropped' WHERE state = 'uploading'");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign_audience") == 1);

            assertThat(upload.end()).startsWith("HTTP/1.1 408").contains("body_too_slow");
        }
        assertThat(CALLS.progress(id).getInteger("audience")).isEqualTo(2);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM campaign_recipient"))
                .isEqualTo(2);
    }

    @Test
    void puts_nothing_in_force_that_was_given_up_with_its_last_row_stored() throws Exception {
        String id = CALLS.draftOf(CampaignCalls.emails(), 2);
        try (Connection holding = TestDatabase.connect(GATEWAY.sql().url());
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            // Whoever puts an audience in force waits for this.
            boolean _ = statement.execute("SELECT FROM campaign WHERE id = '" + id + "' FOR UPDATE");
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                    () -> CALLS.upload(id, "email,order_id\na@example.com,A\nb@example.com,B\nc@example.com,C\n"));
            await().until(() ->
                    GATEWAY.sql().count("SELECT count(*) FROM campaign_audience WHERE state = 'uploading' AND rows = 3")
                            == 1);
            GATEWAY.sql().execute("UPDATE campaign_audience SET state = 'dropped' WHERE state = 'uploading'");
            holding.commit();

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(408);
        }
        assertThat(CALLS.progress(id).getInteger("audience")).isEqualTo(2);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> GATEWAY.sql().count("SELECT count(*) FROM campaign_recipient") == 2);
    }

    @Test
    void leaves_places_to_other_accounts_and_takes_its_own_again_when_one_is_free() throws Exception {
        String id = CALLS.draft(CampaignCalls.emails());
        String key = TestAccounts.add(GATEWAY, "other", "messages:write", "messages:read");
        String theirs = RunningGateway.json(
                        GATEWAY.post("/v1/campaigns", CampaignCalls.emails(), "Authorization", "Bearer " + key))
                .getString("id");

        try (Upload _ = new Upload(id, RunningGateway.API_KEY, 10);
                Upload second = new Upload(id, RunningGateway.API_KEY, 10)) {
            awaitUploads(2);
            assertThat(CALLS.upload(id, "email\na@example.com\n").statusCode()).isEqualTo(503);

            try (Upload _ = new Upload(theirs, key, 10);
                    Upload _ = new Upload(theirs, key, 10)) {
                awaitUploads(4);
            }
            awaitUploads(2);
            assertThat(second.end()).startsWith("HTTP/1.1 200");
            await().until(() ->
                    CALLS.upload(id, "email,order_id\na@example.com,A\n").statusCode() == 200);
        }
    }

    private static void awaitUploads(int uploads) {
        await().until(() ->
                GATEWAY.sql().count("SELECT count(*) FROM campaign_audience WHERE state = 'uploading'") == uploads);
    }

    /** An audience whose last line is not complete before its end. */
    private static final class Upload implements AutoCloseable {
        private final Socket socket;

        Upload(String campaign, String key, int rows) throws IOException {
            StringBuilder all = new StringBuilder("email,order_id\r\n");
            for (int i = 0; i < rows; i++) {
                all.append("late").append(i).append("@example.com,A\r\n");
            }
            socket = new Socket("localhost", GATEWAY.port());
            write("PUT /v1/campaigns/" + campaign
                    + "/audience HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                    + "Authorization: Bearer " + key + "\r\nConnection: close\r\nContent-Length: "
                    + (all.length() + 1) + "\r\n\r\n" + all);
        }

        /** The answer. */
        String end() throws IOException {
            write("\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        private void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
