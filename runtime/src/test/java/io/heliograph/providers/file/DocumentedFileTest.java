package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.routing.ProviderKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents show as files of providers can be copied. */
class DocumentedFileTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(providers:.*?)```", Pattern.DOTALL);
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("TWILIO_ACCOUNT_SID", SimulatorAccount.ACCOUNT_SID),
            Map.entry("TWILIO_AUTH_TOKEN", "t"),
            Map.entry("TWILIO_PHONE_NUMBER", "+15005550006"),
            Map.entry("PLIVO_AUTH_ID", "MA1"),
            Map.entry("PLIVO_AUTH_TOKEN", "t"),
            Map.entry("FAST2SMS_API_KEY", "k"),
            Map.entry("TEXTLOCAL_API_KEY", "k"),
            Map.entry("VAPID_PUBLIC_KEY", SimulatorAccount.VAPID_PUBLIC_KEY),
            Map.entry("VAPID_PRIVATE_KEY", SimulatorAccount.VAPID_PRIVATE_KEY),
            Map.entry("SMTP_USERNAME", "u"),
            Map.entry("SMTP_PASSWORD", "p"));

    @Test
    void is_right_and_shows_every_kind() throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "operations.md")))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();

        assertThat(examples)
                .hasSize(2)
                .allSatisfy(text ->
                        assertThat(Texts.valid(text, VARIABLES).routes()).isNotEmpty());
        assertThat(Texts.valid(examples.get(1), VARIABLES).accounts().values())
                .extracting(ProviderAccount::kind)
                .containsExactlyInAnyOrder(ProviderKind.values());
    }
}
