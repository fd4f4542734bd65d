package io.heliograph.simulator;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.Environment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's settings.
 *
 * @param host the address to listen on; the control API asks for no credentials. Defaults to 127.0.0.1.
 * @param port 0 takes a free one. Defaults to 8090.
 * @param accountSid the one account there is. Defaults to {@link SimulatorAccount}.
 * @param authToken the account's password, and the key that signs callbacks. Defaults to {@link SimulatorAccount}.
 * @param phoneNumber what a Messaging Service sends from. Defaults to {@link SimulatorAccount}.
 * @param others the one account at each other provider. Defaults to {@link SimulatorAccount}.
 * @param eventLoops how many serve. Defaults to 2.
 * @param messagesKept the newest POSTs and messages can be fetched and listed; all are counted. Defaults to 250,000.
 * @param callbacksInFlight on each event loop. Defaults to 128.
 * @param callbacksWaiting on each event loop; one more is lost, and counted as dropped. Defaults to 500,000.
 * @param inboundUrl where inbound messages go unless the injection says otherwise. Defaults to nowhere.
 * @param fast2smsWebhookUrl where Fast2SMS sends its reports unless the control API says otherwise. Defaults to nowhere.
 */
public record SimulatorConfig(
        String host,
        int port,
        String accountSid,
        String authToken,
        String phoneNumber,
        Others others,
        int eventLoops,
        int messagesKept,
        int callbacksInFlight,
        int callbacksWaiting,
        @Nullable String inboundUrl,
        @Nullable String fast2smsWebhookUrl) {
    /** Credentials at Plivo, Fast2SMS and Textlocal, and what browsers subscribe with. */
    public record Others(
            String plivoAuthId, String plivoAuthToken, String fast2smsKey, String textlocalKey, String vapidPublicKey) {
        static Others read(Environment environment) {
            return new Others(
                    environment.text("PLIVO_AUTH_ID", SimulatorAccount.PLIVO_AUTH_ID),
                    secret(environment, "PLIVO_AUTH_TOKEN", SimulatorAccount.PLIVO_AUTH_TOKEN),
                    secret(environment, "FAST2SMS_API_KEY", SimulatorAccount.FAST2SMS_KEY),
                    secret(environment, "TEXTLOCAL_API_KEY", SimulatorAccount.TEXTLOCAL_KEY),
                    environment.text("VAPID_PUBLIC_KEY", SimulatorAccount.VAPID_PUBLIC_KEY));
        }
    }

    public static SimulatorConfig read(Environment environment) {
        SimulatorConfig config = new SimulatorConfig(
                environment.text("HELIOGRAPH_SIMULATOR_HOST", "127.0.0.1"),
                environment.port("HELIOGRAPH_SIMULATOR_PORT", 8090),
                environment.text("TWILIO_ACCOUNT_SID", SimulatorAccount.ACCOUNT_SID),
                secret(environment, "TWILIO_AUTH_TOKEN", SimulatorAccount.AUTH_TOKEN),
                environment.text("TWILIO_PHONE_NUMBER", SimulatorAccount.PHONE_NUMBER),
                Others.read(environment),
                environment.integer("HELIOGRAPH_SIMULATOR_EVENT_LOOPS", 2, 1, 64),
                environment.integer("HELIOGRAPH_SIMULATOR_MESSAGES_KEPT", 250_000, 1_000, 50_000_000),
                environment.integer("HELIOGRAPH_SIMULATOR_CALLBACKS_IN_FLIGHT", 128, 1, 10_000),
                environment.integer("HELIOGRAPH_SIMULATOR_CALLBACKS_WAITING", 500_000, 1, 50_000_000),
                environment.optionalText("HELIOGRAPH_SIMULATOR_INBOUND_URL"),
                environment.optionalText("HELIOGRAPH_SIMULATOR_FAST2SMS_WEBHOOK_URL"));
        if (!config.accountSid.matches("AC[0-9a-fA-F]{32}")) {
            environment.mistake("TWILIO_ACCOUNT_SID", "wants AC and 32 hexadecimal digits");
        }
        environment.check();
        return config;
    }

    private static String secret(Environment environment, String name, String fallback) {
        return Objects.requireNonNullElse(environment.secret(name), fallback);
    }

    /** Every default, whatever the environment says, on a free port. */
    public static SimulatorConfig onFreePort() {
        return read(new Environment(Map.of("HELIOGRAPH_SIMULATOR_PORT", "0")));
    }
}
