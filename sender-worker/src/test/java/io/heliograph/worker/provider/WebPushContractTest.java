package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Reason;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.push.WebPushProvider;
import io.heliograph.worker.push.WebPushSettings;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

class WebPushContractTest extends HttpProviderContract {
    private static final Map<Stage.No, JsonObject> REFUSALS = Map.of(
            new Stage.No("not as it wants it", Meaning.CONFIGURATION.outcome("http_400")), error(400),
            new Stage.No("another pair of keys", Meaning.CONFIGURATION.outcome("http_403")), error(403),
            new Stage.No("a signature that is none", Meaning.SHUT_OUT.outcome("http_401")), error(401),
            new Stage.No("gone", gone("http_410")), error(410),
            new Stage.No("never there", gone("http_404")), error(404),
            new Stage.No("too large", Meaning.PERMANENT.outcome("http_413")), error(413),
            new Stage.No("a status that is new", Meaning.PERMANENT.outcome("http_418")), error(418));

    private static Outcome gone(String code) {
        return new Outcome.Refused(code, Reason.SUBSCRIPTION_GONE);
    }

    @Override
    Stage stage() throws Exception {
        return new PushStage(
                Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS));
    }

    /** One service of many is. */
    @Override
    Pace whenBusy() {
        return Pace.MUCH_LATER;
    }

    /** The address stands in the message, and not in the provider's settings. */
    private final class PushStage implements Stage {
        private final SimulatorControl control;
        private boolean isDark;

        PushStage(Simulator simulator) {
            this.control = new SimulatorControl(simulator.url());
        }

        @Override
        public Subject subject(Login login) {
            String privateKey = switch (login) {
                case RIGHT -> SimulatorAccount.VAPID_PRIVATE_KEY;
                // Of another pair.
                case WRONG -> "A" + SimulatorAccount.VAPID_PRIVATE_KEY.substring(1);
                case MISSING -> "";
            };
            WebPushProvider provider = new WebPushProvider(
                    vertx,
                    new WebPushSettings(
                            "webpush",
                            SimulatorAccount.VAPID_PUBLIC_KEY,
                            privateKey,
                            "mailto:operator@example.com",
                            AllowedAddresses.beside("127.0.0.0/8"),
                            2,
                            TIMEOUT),
                    InstantSource.system());
            return new Subject(provider, () -> provider.close().await());
        }

        @Override
        public Subject inTheDark() {
            isDark = true;
            return subject(Login.RIGHT);
        }

        @Override
        public List<Outgoing> messages() {
            JsonObject subscription = control.pushSubscription();
            JsonObject keys = subscription.getJsonObject("keys");
            String endpoint = isDark ? dark() : subscription.getString("endpoint");
            return List.of(Outgoings.ordinary()
                    .in(new Outgoing.Browser(endpoint, keys.getString("p256dh"), keys.getString("auth"), Lane.NORMAL))
                    .build());
        }

        private static String dark() {
            return "http://127.0.0.1:" + FreePorts.next() + "/push/a";
        }

        /** What it says beside a 201 does not matter, so what is none of its words comes with a 200. */
        @Override
        public void play(Day day) {
            if (day != Day.WELL) {
                JsonObject rule = SimulatedStage.rule(day);
                boolean isNoWord = List.of(Day.GARBAGE, Day.EMPTY, Day.WITHOUT_AN_ID, Day.WITH_A_BLANK_ID)
                        .contains(day);
                if (isNoWord) {
                    rule.getJsonObject("answer").put("status", 200);
                }
                script(rule);
            }
        }

        @Override
        public List<No> refusals() {
            return List.copyOf(REFUSALS.keySet());
        }

        @Override
        public void refuse(No no) {
            script(SimulatedStage.answering(Objects.requireNonNull(REFUSALS.get(no))));
        }

        private void script(JsonObject rule) {
            control.script(new JsonObject().put("rules", new JsonArray().add(rule.put("provider", "webpush"))));
        }

        @Override
        public long calls() {
            return control.summary()
                    .at(io.heliograph.simulator.ledger.Provider.WEBPUSH)
                    .calls();
        }

        @Override
        public void reset() {
            isDark = false;
            control.reset();
            control.clearScript();
        }

        @Override
        public void close() {
            control.close();
        }
    }
}
