package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.LedgerSummary;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message from create to delivered, as Twilio's own SDK sees it. */
class DeliveryTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    @Test
    void delivers_a_message_and_tells_of_sent_and_delivered() {
        Message created = create("Your table is ready", "one");
        LedgerSummary summary = running.awaitQuiet(1);

        assertThat(created.getStatus()).isEqualTo(Message.Status.QUEUED);
        assertThat(running.customer().statuses()).containsExactly("sent", "delivered");
        assertThat(running.customer().caught()).allSatisfy(call -> {
            assertThat(call.parameter("MessageSid")).isEqualTo(created.getSid());
            assertThat(call.parameter("SmsStatus")).isEqualTo(call.parameter("MessageStatus"));
            assertThat(call.parameter("To")).isEqualTo(RunningSimulator.TO);
            assertThat(call.parameter("From")).isEqualTo(RunningSimulator.FROM);
            assertThat(call.headers()).containsEntry("User-Agent", "TwilioProxy/1.1");
        });
        assertThat(summary.callbacks()).isEqualTo(new LedgerSummary.Callbacks(2, 2, 0, 0, 0, 0));
    }

    @Test
    void shows_a_delivered_message_with_its_dates_and_price() {
        Message created = create("Your table is ready", "one");
        running.awaitQuiet(1);

        Message fetched = Message.fetcher(created.getSid()).fetch(running.twilio());

        assertThat(fetched.getStatus()).isEqualTo(Message.Status.DELIVERED);
        assertThat(fetched.getBody()).isEqualTo("Your table is ready");
        assertThat(fetched.getDirection()).isEqualTo(Message.Direction.OUTBOUND_API);
        assertThat(fetched.getPrice()).isEqualTo("-0.00750");
        assertThat(fetched.getDateSent()).isCloseTo(ZonedDateTime.now(ZoneOffset.UTC), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void signs_callbacks_so_that_the_sdk_accepts_them() {
        RequestValidator validator = new RequestValidator(SimulatorAccount.AUTH_TOKEN);

        create("Hi", "two&a=%2B1&b=%26");
        running.awaitQuiet(1);

        assertThat(running.customer().caught())
                .hasSize(2)
                .allSatisfy(call -> assertThat(
                                validator.validate(call.url(), call.parameters(), call.header("X-Twilio-Signature")))
                        .isTrue());
    }

    @Test
    void gives_each_event_a_token_of_its_own_and_a_delivery_its_date() {
        create("Hi", "three");
        running.awaitQuiet(1);

        CallbackCatcher.Caught sent = running.customer().caught().getFirst();
        CallbackCatcher.Caught delivered = running.customer().caught().getLast();
        assertThat(sent.header("I-Twilio-Idempotency-Token"))
                .isNotEmpty()
                .isNotEqualTo(delivered.header("I-Twilio-Idempotency-Token"));
        assertThat(sent.parameters()).doesNotContainKey("RawDlrDoneDate");
        assertThat(delivered.parameter("RawDlrDoneDate")).matches("\\d{10}");
    }

    @Test
    void moves_a_message_on_when_nobody_wants_to_be_told() {
        Message created = Message.creator(
                        new PhoneNumber(RunningSimulator.TO), new PhoneNumber(RunningSimulator.FROM), "Hi")
                .create(running.twilio());
        LedgerSummary summary = running.awaitQuiet(1);

        assertThat(Message.fetcher(created.getSid()).fetch(running.twilio()).getStatus())
                .isEqualTo(Message.Status.DELIVERED);
        assertThat(summary.callbacks().sent()).isZero();
    }

    @Test
    void tells_of_queued_when_a_messaging_service_sends() {
        Message created = Message.creator(
                        new PhoneNumber(RunningSimulator.TO), "MG00000000000000000000000000000001", "Hi")
                .setStatusCallback(URI.create(running.customer().url("/status")))
                .create(running.twilio());
        running.awaitQuiet(1);

        assertThat(created.getStatus()).isEqualTo(Message.Status.ACCEPTED);
        assertThat(created.getFrom()).isNull();
        assertThat(created.getNumSegments()).isEqualTo("0");
        assertThat(running.customer().statuses()).containsExactly("queued", "sent", "delivered");
        assertThat(running.customer().caught().getLast().parameter("MessagingServiceSid"))
                .isEqualTo("MG00000000000000000000000000000001");
        Message fetched = Message.fetcher(created.getSid()).fetch(running.twilio());
        assertThat(fetched.getFrom().getEndpoint()).isEqualTo(RunningSimulator.FROM);
        assertThat(fetched.getNumSegments()).isEqualTo("1");
    }

    private static Message create(String body, String identity) {
        return Message.creator(new PhoneNumber(RunningSimulator.TO), new PhoneNumber(RunningSimulator.FROM), body)
                .setStatusCallback(URI.create(running.customer().url("/status?m=" + identity)))
                .create(running.twilio());
    }
}
