package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.commands.Commands;
import io.heliograph.standalone.commands.SendTestMessage;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two people hear of an order, and what one hears of a test. */
class DemoOrdersTest {
    @TempDir
    private Path directory;

    @Test
    void tells_two_people_in_their_languages_through_the_gateway_that_runs() throws Exception {
        try (ChildJvm up = ChildJvm.start(Up.class, Map.of(), "--port", "0", "--data", directory.toString())
                .awaitOutput("Ctrl-C stops everything")) {
            Map<String, String> environment = Commands.environment(up);

            String told = Commands.run(Demo.class, environment, "orders");

            assertThat(told)
                    .contains(
                            "order_confirmed",
                            "refund_completed",
                            "is confirmed",
                            "की पुष्टि हो गई है",
                            "whatsapp     skipped      disabled_by_user",
                            "in_app       delivered    ")
                    .doesNotContain("\u001b", "queued ");
            // SMS and an item in the inbox of six events to two people, and WhatsApp of two events to the one who has
            // not switched it off.
            assertThat(told.split("  delivered  ", -1)).hasSize(26 + 1);

            assertThat(Commands.run(SendTestMessage.class, environment, "--user", "demo-anna"))
                    .contains(
                            "sms          accepted", "sms          delivered", "email        skipped      no_address");
            assertThat(Commands.run(SendTestMessage.class, environment, "--user", "demo-anna", "--type", "welcome"))
                    .contains("the gateway says 400: /data/name: ")
                    .doesNotContain("{");
            assertThat(Commands.run(SendTestMessage.class, environment)).contains("message ", "delivered ");
            int _ = up.stop();
        }
    }

    @Test
    void starts_all_that_it_needs_where_no_gateway_runs() {
        Map<String, String> nothing = Map.of();

        assertThat(Commands.run(Demo.class, nothing, "orders"))
                .contains("No gateway answers here", "order_delivered", "This gateway ends now");
    }
}
