package io.heliograph.worker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is seen at Twilio of a message whose outcome got lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwilioLookUpTest {
    private final Vertx vertx = Vertx.vertx();
    private Simulator simulator;
    private SimulatorControl control;
    private TwilioProvider provider;

    @BeforeAll
    void start() throws Exception {
        simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
        provider = new TwilioProvider(vertx, Settings.at(simulator.url(), 8, Duration.ofSeconds(5)));
    }

    @BeforeEach
    void reset() {
        control.reset();
    }

    @AfterAll
    void stop() throws Exception {
        control.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void sees_a_message_that_was_taken() {
        Outgoing lost = lost().build();
        String id = sent(lost);

        assertThat(provider.find(lost)).isEqualTo(new LookUp.Seen(List.of(id)));
    }

    @Test
    void sees_a_whatsapp_message_that_was_taken() {
        Outgoing lost = lost().by(Channel.WHATSAPP).build();
        String id = sent(lost);

        assertThat(provider.find(lost)).isEqualTo(new LookUp.Seen(List.of(id)));
    }

    @Test
    void sees_a_message_with_buttons_by_what_went_into_them() {
        Outgoing lost = lost().by(Channel.WHATSAPP)
                .by(buttons("Shall I book it? Dr Rao, tomorrow at 10:30"))
                .build();
        String id = sent(lost);
        String _ = sent(lost().by(Channel.WHATSAPP)
                .by(buttons("Shall I drop it? Dr Rao, tomorrow at 10:30"))
                .build());

        assertThat(provider.find(lost)).isEqualTo(new LookUp.Seen(List.of(id)));
    }

    @Test
    void takes_nothing_for_a_content_of_which_its_text_does_not_tell() {
        for (Map<String, String> variables : List.of(Map.<String, String>of(), Map.of("1", "Which one?", "2", "Yes"))) {
            Outgoing lost = lost().by(Channel.WHATSAPP)
                    .by(new Outgoing.ContentTemplate("HX00000000000000000000000000000002", variables))
                    .build();
            String _ = sent(lost);

            assertThat(provider.find(lost)).isEqualTo(new LookUp.Seen(List.of()));
        }
    }

    private static Outgoing.ContentTemplate buttons(String question) {
        return new Outgoing.ContentTemplate(
                "HX00000000000000000000000000000002", Map.of("1", question, "2", "Yes", "3", "No"));
    }

    @Test
    void sees_nothing_of_a_message_that_never_arrived() {
        assertThat(provider.find(lost().build())).isEqualTo(new LookUp.Seen(List.of()));
    }

    @Test
    void takes_no_other_text_sender_recipient_or_time_for_it() {
        Outgoing lost = lost().build();
        String _ = sent(lost().saying("Something else").build());
        String _ = sent(lost().from("+15005550077").build());
        String _ = sent(lost().recipient("+15005550012").build());
        String _ = sent(lost().build());

        assertThat(provider.find(lost().saying("Nothing of that").build())).isEqualTo(new LookUp.Seen(List.of()));
        assertThat(provider.find(
                        lost().claimedAt(now().minus(Duration.ofMinutes(10))).build()))
                .isEqualTo(new LookUp.Seen(List.of()));
        assertThat(provider.find(
                        lost().claimedAt(now().plus(Duration.ofMinutes(10))).build()))
                .isEqualTo(new LookUp.Seen(List.of()));
        assertThat(provider.find(lost))
                .isInstanceOfSatisfying(
                        LookUp.Seen.class,
                        seen -> assertThat(seen.providerMessageIds()).hasSize(1));
    }

    /** Its slot, or a breaker, chose the sender when it left; the message itself names none. */
    @Test
    void sees_a_message_that_came_from_another_of_the_accounts_senders() throws Exception {
        TwilioProvider ofTwo = new TwilioProvider(
                vertx,
                Settings.at(
                        simulator.url(),
                        8,
                        Duration.ofSeconds(5),
                        Own.senders(SimulatorAccount.PHONE_NUMBER, "+15005550077")));
        Outgoing lost = lost().build();
        String id = sent(lost.sentFrom("+15005550077"));

        assertThat(ofTwo.find(lost)).isEqualTo(new LookUp.Seen(List.of(id)));
        assertThat(ofTwo.find(lost.sentFrom(SimulatorAccount.PHONE_NUMBER))).isEqualTo(new LookUp.Seen(List.of()));
        Void _ = ofTwo.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void sees_every_message_that_it_could_be() {
        Outgoing lost = lost().build();
        List<String> ids = List.of(sent(lost().build()), sent(lost().build()));

        assertThat(provider.find(lost))
                .isInstanceOfSatisfying(
                        LookUp.Seen.class,
                        seen -> assertThat(seen.providerMessageIds()).containsExactlyInAnyOrderElementsOf(ids));
    }

    @Test
    void finds_it_behind_many_later_ones_with_one_question() {
        Outgoing lost = lost().saying("The one").build();
        String id = sent(lost);
        IntStream.range(0, 120).forEach(i -> {
            String _ = sent(lost().saying("Later " + i).build());
        });

        assertThat(provider.find(lost)).isEqualTo(new LookUp.Seen(List.of(id)));
        // Which is what its slot is for.
        assertThat(control.summary()
                        .at(io.heliograph.simulator.ledger.Provider.TWILIO)
                        .otherCalls())
                .isEqualTo(1);
    }

    @Test
    void says_so_when_nobody_can_be_asked() throws Exception {
        TwilioProvider nowhere =
                new TwilioProvider(vertx, Settings.at("http://no-such-host.invalid", 1, Duration.ofSeconds(5)));

        assertThat(nowhere.find(lost().build())).isInstanceOf(LookUp.Unavailable.class);
        Void _ = nowhere.close().await(5, TimeUnit.SECONDS);
    }

    private String sent(Outgoing outgoing) {
        return ((Outcome.Accepted) provider.send(List.of(outgoing)).getFirst()).providerMessageId();
    }

    private static Outgoings lost() {
        return Outgoings.ordinary().claimedAt(now());
    }

    private static Instant now() {
        return Instant.now();
    }
}
