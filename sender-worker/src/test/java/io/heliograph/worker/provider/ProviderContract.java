package io.heliograph.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Stage.Day;
import io.heliograph.worker.provider.Stage.Login;
import io.heliograph.worker.provider.Stage.No;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One call for a message, whatever the day, and an outcome that claims no more than is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProviderContract {
    static final Duration TIMEOUT = Duration.ofMillis(1_500);

    final Vertx vertx = Vertx.vertx();
    Stage stage;

    abstract Stage stage() throws Exception;

    @BeforeAll
    void open() throws Exception {
        stage = stage();
    }

    @BeforeEach
    void reset() {
        stage.reset();
    }

    @AfterAll
    void close() throws Exception {
        stage.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void gives_an_id_for_what_was_accepted() {
        assertThat(send())
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.providerMessageId()).isNotBlank());
        assertThat(stage.calls()).isEqualTo(1);
    }

    @Test
    void has_an_outcome_for_each_message_of_a_call() {
        try (Use use = use(Login.RIGHT)) {
            List<Outgoing> call = stage.messages().stream()
                    .limit(use.provider().callSizeMax())
                    .toList();

            assertThat(call.stream().map(use.provider()::callKey).distinct()).hasSize(1);
            assertThat(use.provider().send(call)).hasSize(call.size()).hasOnlyElementsOfType(Accepted.class);
        }
        assertThat(stage.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void takes_a_no_as_it_is_meant(No no) {
        stage.refuse(no);

        assertThat(send()).isEqualTo(no.means());
        assertThat(stage.calls()).isEqualTo(1);
    }

    @Test
    void comes_back_to_a_provider_that_is_busy() {
        stage.play(Day.BUSY);

        assertThat(send()).isInstanceOfSatisfying(TryLater.class, later -> {
            assertThat(later.reason()).isEqualTo(Reason.PROVIDER_BUSY);
            assertThat(later.pace()).isEqualTo(whenBusy());
        });
        assertThat(stage.calls()).isEqualTo(1);
    }

    @Test
    void waits_for_a_provider_that_takes_its_time() {
        stage.play(Day.SLOW);
        long startedNanos = System.nanoTime();

        assertThat(send()).isInstanceOf(Accepted.class);

        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isGreaterThan(Stage.SLOW_ANSWER);
        assertThat(stage.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WELL", "BUSY", "BUSY_FOR_SEVEN_SECONDS", "BUSY_UNTIL_A_DATE", "SLOW"})
    void does_not_guess(Day day) {
        stage.play(day);
        long startedNanos = System.nanoTime();

        Outcome outcome = send();

        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(stage.calls()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(TIMEOUT.multipliedBy(3));
    }

    @Test
    void says_that_its_login_is_wrong() {
        try (Use use = use(Login.WRONG)) {
            assertThat(use.send()).isInstanceOfSatisfying(TryLater.class, ProviderContract::isShutOut);
            assertThat(use.provider().check()).isEqualTo(new Health.CredentialsWrong());
        }
        assertThat(stage.calls()).isLessThanOrEqualTo(1);
    }

    @Test
    void says_that_its_login_is_missing_and_does_not_call() {
        try (Use use = use(Login.MISSING)) {
            assertThat(use.send()).isInstanceOfSatisfying(TryLater.class, later -> {
                isShutOut(later);
                assertThat(later.code()).isEqualTo("credentials_missing");
            });
            assertThat(use.provider().check()).isEqualTo(new Health.CredentialsWrong());
        }
        assertThat(stage.calls()).isZero();
    }

    @Test
    void knows_that_nothing_was_sent_where_nobody_listens() {
        try (Use use = new Use(stage.inTheDark())) {
            assertThat(use.send())
                    .isEqualTo(new TryLater("provider_unreachable", Reason.PROVIDER_UNREACHABLE, Pace.AWAY));
            assertThat(use.provider().check()).isEqualTo(new Health.Down("provider_unreachable"));
        }
    }

    @Test
    void tells_that_it_is_well_without_sending_anything() {
        try (Use use = use(Login.RIGHT)) {
            assertThat(use.provider().check()).isEqualTo(new Health.Up());
        }
        assertThat(stage.calls()).isZero();
    }

    /** Its look-up may find nothing, but it never throws, and never claims what it cannot prove. */
    @Test
    void finds_nothing_that_was_never_sent() {
        try (Use use = use(Login.RIGHT)) {
            assertThat(use.provider().find(stage.messages().getFirst())).isEqualTo(new LookUp.Seen(List.of()));
        }
    }

    /** What is sent in one call, on every day; all of it meets the same fate. */
    List<Outgoing> call(List<Outgoing> messages) {
        return messages.subList(0, 1);
    }

    /** Whether all messages go slower then, or only this one comes later. */
    Pace whenBusy() {
        return Pace.BUSY;
    }

    Stream<No> refusals() {
        return stage.refusals().stream();
    }

    Outcome send() {
        try (Use use = use(Login.RIGHT)) {
            return use.send();
        }
    }

    private Use use(Login login) {
        return new Use(stage.subject(login));
    }

    private static void isShutOut(TryLater later) {
        assertThat(later.reason()).isEqualTo(Reason.PROVIDER_CONFIGURATION);
        assertThat(later.pace()).isEqualTo(Pace.AWAY);
    }

    private final class Use implements AutoCloseable {
        private final Stage.Subject subject;

        Use(Stage.Subject subject) {
            this.subject = subject;
        }

        Provider provider() {
            return subject.provider();
        }

        Outcome send() {
            List<Outgoing> call = call(stage.messages());
            List<Outcome> outcomes = provider().send(call);
            assertThat(outcomes).hasSameSizeAs(call);
            assertThat(outcomes.stream().map(Object::getClass).distinct()).hasSize(1);
            return outcomes.getFirst();
        }

        @Override
        public void close() {
            try {
                subject.closer().close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
