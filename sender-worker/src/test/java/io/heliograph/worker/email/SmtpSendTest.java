package io.heliograph.worker.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.heliograph.contract.Channel;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Refused;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.Vertx;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mail server gets to see. */
class SmtpSendTest {
    private static final String PASSWORD = "correct horse";

    private final Vertx vertx = Vertx.vertx();
    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private @Nullable String unsubscribeUrl;

    @BeforeEach
    void start() {
        server.start();
        var _ = server.setUser("clinic", "clinic", PASSWORD);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void sends_text_with_a_subject_from_the_sender_of_the_account() throws Exception {
        Outgoing outgoing =
                email().subject("Your visit").saying("See you at ten.\n.\nBye").build();

        Outcome outcome = send(outgoing);

        MimeMessage got = received();
        String id = outgoing.id() + "-1@clinic.example";
        assertThat(outcome).isEqualTo(new Accepted(id));
        assertThat(got.getMessageID()).isEqualTo("<" + id + ">");
        assertThat(got.getSubject()).isEqualTo("Your visit");
        assertThat(got.getFrom()[0]).hasToString("Clinic <desk@clinic.example>");
        assertThat(got.getAllRecipients()[0]).hasToString("ada@people.example");
        assertThat(got.getContent().toString()).isEqualToNormalizingNewlines("See you at ten.\n.\nBye");
    }

    @Test
    void sends_html_beside_the_text() throws Exception {
        assertThat(send(email().saying("plain").html("<b>bold</b>").build())).isInstanceOf(Accepted.class);

        Multipart parts = (Multipart) received().getContent();
        assertThat(parts.getContentType()).contains("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("plain");
        assertThat(parts.getBodyPart(1).getContentType()).contains("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString().strip()).isEqualTo("<b>bold</b>");
    }

    @Test
    void keeps_every_script_and_sign() throws Exception {
        String all = "Grüße, नमस्ते, 今日は, 🎉 at " + "a very long line ".repeat(80);

        assertThat(send(email().subject("🎉 " + all)
                        .saying(all)
                        .from("Pâtisserie 🎂 <cake@clinic.example>")
                        .build()))
                .isInstanceOf(Accepted.class);

        MimeMessage got = received();
        assertThat(got.getSubject()).isEqualTo(("🎉 " + all).strip());
        assertThat(got.getContent().toString().strip()).isEqualTo(all.strip());
        assertThat(got.getFrom()[0].toString()).contains("cake@clinic.example");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(got.getHeader("From")[0]))
                .startsWith("Pâtisserie 🎂");
    }

    @Test
    void offers_one_click_to_unsubscribe() throws Exception {
        unsubscribeUrl = "https://clinic.example/stop/{id}";
        Outgoing outgoing = email().build();

        assertThat(send(outgoing)).isInstanceOf(Accepted.class);

        assertThat(received().getHeader("List-Unsubscribe"))
                .containsExactly("<https://clinic.example/stop/" + outgoing.id() + ">");
        assertThat(received().getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    }

    @Test
    void says_nothing_of_unsubscribing_where_nobody_can() throws Exception {
        assertThat(send(email().build())).isInstanceOf(Accepted.class);

        assertThat(received().getHeader("List-Unsubscribe")).isNull();
        assertThat(received().getHeader("List-Unsubscribe-Post")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello\nBcc: eve@people.example", "Hello\r\nBcc: eve@people.example", "Hello\rBcc: x"})
    void lets_no_subject_add_a_header(String subject) throws Exception {
        assertThat(send(email().subject(subject).build())).isInstanceOf(Accepted.class);

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(received().getHeader("Bcc")).isNull();
        assertThat(received().getSubject()).startsWith("Hello Bcc:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "",
                "a@b.example>\r\nRCPT TO:<eve@people.example",
                "a@b.example\nRCPT TO:<eve@people.example>",
                "a@b.example, eve@people.example",
                "jörg@people.example"
            })
    void refuses_what_is_no_address(String recipient) {
        assertThat(send(email().recipient(recipient).build())).isInstanceOf(Refused.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void uses_a_connection_for_more_than_one_email() throws Exception {
        SmtpProvider provider = new SmtpProvider(vertx, settings("clinic", PASSWORD));

        for (int i = 0; i < 5; i++) {
            assertThat(provider.send(List.of(email().build())).getFirst()).isInstanceOf(Accepted.class);
        }

        assertThat(server.getReceivedMessages()).hasSize(5);
        Void _ = provider.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void is_well_when_it_can_log_in() throws Exception {
        assertThat(check("clinic", PASSWORD)).isEqualTo(new Health.Up());
        assertThat(check("", "")).isEqualTo(new Health.Up());
        assertThat(check("clinic", "wrong")).isEqualTo(new Health.CredentialsWrong());
        assertThat(check("clinic", "")).isEqualTo(new Health.CredentialsWrong());
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    /** Whoever stands between us and the server can have a certificate too, but not one that is trusted. */
    @Test
    void tells_nothing_to_a_server_that_cannot_prove_who_it_is() throws Exception {
        GreenMail encrypted = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        encrypted.start();
        try {
            SmtpSettings trusted = settings("clinic", PASSWORD);
            SmtpProvider provider = new SmtpProvider(
                    vertx,
                    new SmtpSettings(
                            "smtp",
                            "localhost",
                            encrypted.getSmtps().getPort(),
                            SmtpSettings.Tls.TLS,
                            "clinic",
                            PASSWORD,
                            trusted.senders(),
                            null,
                            1,
                            Duration.ofSeconds(5)));

            assertThat(provider.send(List.of(email().build())).getFirst()).isInstanceOf(Outcome.TryLater.class);
            assertThat(encrypted.getReceivedMessages()).isEmpty();
        } finally {
            encrypted.stop();
        }
    }

    @Test
    void prints_no_password() {
        assertThat(settings("clinic", PASSWORD).toString()).doesNotContain(PASSWORD, "clinic,");
    }

    private Health check(String username, String password) throws Exception {
        SmtpProvider provider = new SmtpProvider(vertx, settings(username, password));
        try {
            return provider.check();
        } finally {
            Void _ = provider.close().await(5, TimeUnit.SECONDS);
        }
    }

    private Outcome send(Outgoing outgoing) {
        return new SmtpProvider(vertx, settings("clinic", PASSWORD))
                .send(List.of(outgoing))
                .getFirst();
    }

    private MimeMessage received() {
        return server.getReceivedMessages()[0];
    }

    private static Outgoings email() {
        return Outgoings.ordinary().by(Channel.EMAIL).recipient("ada@people.example");
    }

    private SmtpSettings settings(String username, String password) {
        return new SmtpSettings(
                "smtp",
                "localhost",
                server.getSmtp().getPort(),
                SmtpSettings.Tls.NONE,
                username,
                password,
                Own.senders("Clinic <desk@clinic.example>"),
                unsubscribeUrl,
                2,
                Duration.ofSeconds(5));
    }
}
