package io.heliograph.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingTest {
    @RegisterExtension
    static final RunningSimulator running = new RunningSimulator();

    private static final String SERVICE = "MG00000000000000000000000000000001";

    @Test
    void keeps_a_scheduled_message_and_cancels_it() {
        Message scheduled =
                schedule(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1)).create(running.twilio());

        assertThat(scheduled.getStatus()).isEqualTo(Message.Status.SCHEDULED);
        assertThat(running.control().summary().underWay()).isZero();
        Message canceled = Message.updater(scheduled.getSid())
                .setStatus(Message.UpdateStatus.CANCELED)
                .update(running.twilio());
        assertThat(canceled.getStatus()).isEqualTo(Message.Status.CANCELED);
        await().untilAsserted(() -> assertThat(running.customer().statuses()).containsExactly("canceled"));
    }

    @Test
    void sends_a_scheduled_message_when_it_is_due() {
        running.control().script(new JsonObject("{\"limits\": {\"schedule_ahead_min_s\": 0}}"));

        schedule(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2).truncatedTo(ChronoUnit.SECONDS))
                .create(running.twilio());

        await().untilAsserted(
                        () -> assertThat(running.customer().statuses()).containsExactly("queued", "sent", "delivered"));
    }

    @Test
    void fails_a_scheduled_message_for_someone_who_opted_out_since() {
        running.control().script(new JsonObject("{\"limits\": {\"schedule_ahead_min_s\": 0}}"));
        schedule(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2).truncatedTo(ChronoUnit.SECONDS))
                .create(running.twilio());

        running.control().optOut(RunningSimulator.TO, RunningSimulator.FROM);

        await().untilAsserted(() -> assertThat(running.customer().statuses()).containsExactly("queued", "failed"));
        assertThat(running.customer().caught().getLast().parameter("ErrorCode")).isEqualTo("21610");
    }

    @ParameterizedTest
    @CsvSource({"290, 35114", "3024100, 35114"})
    void refuses_what_is_too_soon_or_too_late(long seconds, int code) throws Exception {
        String sendAt = Instant.now()
                .plusSeconds(seconds)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();

        assertThat(code("ScheduleType", "fixed", "SendAt", sendAt, "MessagingServiceSid", SERVICE))
                .isEqualTo(code);
    }

    @Test
    void refuses_an_incomplete_schedule() throws Exception {
        String sendAt =
                Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS).toString();

        assertThat(code("ScheduleType", "fixed", "MessagingServiceSid", SERVICE))
                .isEqualTo(35111);
        assertThat(code("ScheduleType", "fixed", "SendAt", sendAt, "From", RunningSimulator.FROM))
                .isEqualTo(35118);
        assertThat(code("ScheduleType", "fixed", "SendAt", "tomorrow", "MessagingServiceSid", SERVICE))
                .isEqualTo(35117);
        assertThat(code("ScheduleType", "loose", "SendAt", sendAt, "MessagingServiceSid", SERVICE))
                .isEqualTo(35126);
    }

    private static int code(String... schedule) throws Exception {
        String form =
                RunningSimulator.form("To", RunningSimulator.TO, "Body", "Hi") + '&' + RunningSimulator.form(schedule);
        return new JsonObject(
                        running.send("POST", RunningSimulator.MESSAGES, form).body())
                .getInteger("code");
    }

    private static MessageCreator schedule(ZonedDateTime sendAt) {
        return Message.creator(new PhoneNumber(RunningSimulator.TO), SERVICE, "Hi")
                .setScheduleType(Message.ScheduleType.FIXED)
                .setSendAt(sendAt)
                .setStatusCallback(URI.create(running.customer().url("/status")));
    }
}
