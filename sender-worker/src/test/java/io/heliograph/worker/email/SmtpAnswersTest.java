package io.heliograph.worker.email;

import static io.heliograph.worker.email.ScriptedSmtp.END;
import static io.heliograph.worker.email.ScriptedSmtp.GREETING;
import static io.heliograph.worker.email.ScriptedSmtp.RESET;
import static io.heliograph.worker.email.ScriptedSmtp.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.FakeClocks;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail server at its worst, step by step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpAnswersTest {
    /** Long enough for a whole dialogue by code that has run before; what is silent costs a test that much. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration COLD_TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private ScriptedSmtp server;

    @BeforeAll
    void start() throws Exception {
        server = ScriptedSmtp.start(vertx);
        // Code that runs for the first time takes its time, and must not be mistaken for a silent server.
        SmtpSettings patient = settings("clinic", "secret", 1, SmtpSettings.Tls.NONE, COLD_TIMEOUT);
        assertThat(new SmtpProvider(vertx, patient).send(List.of(email())).getFirst())
                .isInstanceOf(Accepted.class);
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @AfterAll
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 421 too many connections,     421,                  PROVIDER_BUSY,          BUSY",
        "GREETING, 554 no mail service here,     554,                  PROVIDER_CONFIGURATION, AWAY",
        "GREETING, reset,                        provider_unreachable, PROVIDER_UNREACHABLE,   AWAY",
        "GREETING, silence,                      provider_unreachable, PROVIDER_UNREACHABLE,   AWAY",
        "EHLO,     reset,                        provider_unreachable, PROVIDER_UNREACHABLE,   AWAY",
        "EHLO,     250 no login here,            login_impossible,     PROVIDER_CONFIGURATION, AWAY",
        "AUTH,     454 cannot check it now,      454,                  PROVIDER_BUSY,          BUSY",
        "AUTH,     535 5.7.8 wrong login,        535,                  PROVIDER_CONFIGURATION, AWAY",
        "MAIL,     530 log in first,             530,                  PROVIDER_CONFIGURATION, AWAY",
        "MAIL,     452 enough for today,         452,                  PROVIDER_BUSY,          MUCH_LATER",
        "RCPT,     450 4.2.0 greylisted,         450,                  PROVIDER_BUSY,          MUCH_LATER",
        "DATA,     421 closing,                  421,                  PROVIDER_BUSY,          BUSY",
        ".,        451 try again,                451,                  PROVIDER_BUSY,          MUCH_LATER"
    })
    void comes_back_later(String step, String answer, String code, Reason reason, Pace pace) {
        server.answer(step, answer);

        assertThat(send()).isEqualTo(new TryLater(code, reason, pace));
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 553 not yours,           553, REFUSED_BY_PROVIDER",
        "RCPT, 550 5.1.1 nobody,        550, REFUSED_BY_PROVIDER",
        "RCPT, 599 never heard of,      599, REFUSED_BY_PROVIDER",
        "DATA, 503 what first,          503, PROVIDER_CONFIGURATION",
        ".,    554 5.7.1 looks like spam, 554, REFUSED_BY_PROVIDER"
    })
    void takes_a_no_for_an_answer(String step, String answer, String code, Reason reason) {
        server.answer(step, answer);

        assertThat(send()).isEqualTo(new Outcome.Refused(code, reason));
    }

    @ParameterizedTest
    @CsvSource({".,reset", ".,silence", "DATA,silence", "DATA,reset", ".,<html>", ".,''"})
    void does_not_know_what_became_of_an_email_that_had_begun(String step, String answer) {
        server.answer(step, answer);

        assertThat(send()).isInstanceOf(Unknown.class);
    }

    @Test
    void gives_an_email_to_the_server_once() {
        server.answer(END, RESET);

        assertThat(send()).isInstanceOf(Unknown.class);
        assertThat(server.steps()).containsOnlyOnce(END).containsOnlyOnce(GREETING);
    }

    @Test
    void never_sends_later_what_waited_too_long_for_a_connection() throws Exception {
        server.answer(END, SILENCE);
        SmtpProvider provider = new SmtpProvider(vertx, settings("clinic", "secret", 1));
        Callable<List<Outcome>> send = () -> provider.send(List.of(email()));

        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Outcome>> sent : threads.invokeAll(List.of(send, send))) {
                outcomes.addAll(sent.get());
            }
        }
        server.answer(END, "250 taken");

        assertThat(outcomes).hasAtLeastOneElementOfType(Unknown.class).hasAtLeastOneElementOfType(TryLater.class);
        assertThat(provider.send(List.of(email())).getFirst()).isInstanceOf(Accepted.class);
        assertThat(server.steps().stream().filter(END::equals)).hasSize(2);
        Void _ = provider.close().await(5, TimeUnit.SECONDS);
    }

    /** A worker that was frozen, or a server that took long to let us in: others may have settled the message meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void never_begins_an_email_whose_claim_has_passed_when_it_is_let_in(boolean onTheWall) {
        FakeClocks clocks = new FakeClocks();
        Outgoing email = email(SendBy.in(Duration.ofSeconds(15), clocks));
        if (onTheWall) {
            clocks.passOnTheWall(Duration.ofSeconds(16));
        } else {
            clocks.passOnTheMonotonicClock(Duration.ofSeconds(16));
        }

        assertThat(send(email)).isEqualTo(TryLater.TOO_LATE);
        assertThat(server.steps()).contains("AUTH").doesNotContain("MAIL");
    }

    @Test
    void sends_an_email_whose_slot_has_passed_while_it_was_let_in() {
        FakeClocks clocks = new FakeClocks();
        SendBy claim = SendBy.in(Duration.ofSeconds(15), clocks);
        Outgoing email =
                email(claim).leavingBy(clocks.nanos() + Duration.ofMillis(15).toNanos());
        clocks.pass(Duration.ofMillis(16));

        assertThat(email.sendBy().hasPassed()).isTrue();
        assertThat(send(email)).isInstanceOf(Accepted.class);
    }

    /** Nothing is said in clear where it should not be, not even who we are. */
    @Test
    void says_nothing_in_clear_when_that_is_not_wanted() {
        assertThat(send(SmtpSettings.Tls.STARTTLS))
                .isEqualTo(new TryLater("login_impossible", Reason.PROVIDER_CONFIGURATION, Pace.AWAY));
        assertThat(server.steps()).doesNotContain("AUTH", "MAIL");

        assertThat(send(SmtpSettings.Tls.TLS)).isInstanceOf(TryLater.class);
        assertThat(server.steps()).doesNotContain("AUTH", "MAIL");
    }

    @Test
    void says_what_is_missing() {
        assertThat(send("clinic", ""))
                .isEqualTo(new TryLater("credentials_missing", Reason.PROVIDER_CONFIGURATION, Pace.AWAY));
        assertThat(server.steps()).isEmpty();
    }

    @Test
    void carries_nothing_but_email() {
        SmtpProvider provider = new SmtpProvider(vertx, settings("clinic", "secret", 1));

        assertThat(provider.send(List.of(Outgoings.to("+15005550010"))).getFirst())
                .isEqualTo(new Outcome.Refused("channel_not_carried", Reason.PROVIDER_CONFIGURATION));
    }

    private Outcome send() {
        return send("clinic", "secret");
    }

    private Outcome send(String username, String password) {
        return new SmtpProvider(vertx, settings(username, password, 2))
                .send(List.of(email()))
                .getFirst();
    }

    private Outcome send(Outgoing email) {
        return new SmtpProvider(vertx, settings("clinic", "secret", 2))
                .send(List.of(email))
                .getFirst();
    }

    private Outcome send(SmtpSettings.Tls tls) {
        return new SmtpProvider(vertx, settings("clinic", "secret", 1, tls))
                .send(List.of(email()))
                .getFirst();
    }

    private static Outgoing email() {
        return email(SendBy.in(Duration.ofDays(1), new FakeClocks()));
    }

    private static Outgoing email(SendBy sendBy) {
        return Outgoings.ordinary()
                .sendBy(sendBy)
                .by(Channel.EMAIL)
                .recipient("ada@people.example")
                .subject("Hello")
                .build();
    }

    private SmtpSettings settings(String username, String password, int concurrency) {
        return settings(username, password, concurrency, SmtpSettings.Tls.NONE);
    }

    private SmtpSettings settings(String username, String password, int concurrency, SmtpSettings.Tls tls) {
        return settings(username, password, concurrency, tls, TIMEOUT);
    }

    private SmtpSettings settings(
            String username, String password, int concurrency, SmtpSettings.Tls tls, Duration timeout) {
        return new SmtpSettings(
                "smtp",
                "localhost",
                server.port(),
                tls,
                username,
                password,
                Own.senders("desk@clinic.example"),
                null,
                concurrency,
                timeout);
    }
}
