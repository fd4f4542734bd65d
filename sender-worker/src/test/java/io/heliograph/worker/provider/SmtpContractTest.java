package io.heliograph.worker.provider;

import static io.heliograph.worker.email.ScriptedSmtp.END;
import static io.heliograph.worker.email.ScriptedSmtp.RESET;
import static io.heliograph.worker.email.ScriptedSmtp.SILENCE;

import io.heliograph.contract.Channel;
import io.heliograph.runtime.FreePorts;
import io.heliograph.worker.email.ScriptedSmtp;
import io.heliograph.worker.email.SmtpProvider;
import io.heliograph.worker.email.SmtpSettings;
import io.heliograph.worker.testing.Outgoings;
import io.heliograph.worker.testing.Own;
import java.util.List;

class SmtpContractTest extends ProviderContract {
    private static final String PASSWORD = "secret";

    @Override
    Stage stage() throws Exception {
        return new MailStage(ScriptedSmtp.start(vertx));
    }

    private final class MailStage implements Stage {
        private final ScriptedSmtp server;

        MailStage(ScriptedSmtp server) {
            this.server = server;
        }

        @Override
        public Subject subject(Login login) {
            String password = switch (login) {
                case RIGHT -> PASSWORD;
                case WRONG -> "wrong";
                case MISSING -> "";
            };
            if (login == Login.WRONG) {
                server.answer("AUTH", "535 5.7.8 wrong login");
            }
            return subject(server.port(), password);
        }

        @Override
        public Subject inTheDark() {
            return subject(FreePorts.next(), PASSWORD);
        }

        private Subject subject(int port, String password) {
            SmtpProvider provider = new SmtpProvider(
                    vertx,
                    new SmtpSettings(
                            "smtp",
                            "localhost",
                            port,
                            SmtpSettings.Tls.NONE,
                            "clinic",
                            password,
                            Own.senders("desk@clinic.example"),
                            null,
                            2,
                            TIMEOUT));
            return new Subject(provider, () -> provider.close().await());
        }

        @Override
        public List<Outgoing> messages() {
            return List.of(Outgoings.ordinary()
                    .by(Channel.EMAIL)
                    .recipient("ada@people.example")
                    .subject("Hello")
                    .build());
        }

        /** It has no page, no id and no redirect to answer with: what comes nearest is words that are no reply. */
        @Override
        public void play(Day day) {
            switch (day) {
                case WELL -> {}
                case SLOW -> server.answerAfter(SLOW_ANSWER, END, "250 taken at last");
                case BUSY, BUSY_FOR_SEVEN_SECONDS, BUSY_UNTIL_A_DATE -> server.answer("MAIL", "421 too much at once");
                case SILENT_AFTER_TAKING -> server.answer(END, SILENCE);
                case RESET_BEFORE_TAKING -> server.answer("RCPT", RESET);
                case RESET_AFTER_TAKING, BROKEN_AFTER_TAKING -> server.answer(END, RESET);
                case BROKEN_BEFORE_TAKING -> server.answer("DATA", RESET);
                case GARBAGE, WITHOUT_AN_ID, WITH_A_BLANK_ID, REDIRECT -> server.answer(END, "what?");
                case HTML -> server.answer(END, "<html><body>Bad gateway</body></html>");
                case EMPTY -> server.answer(END, "");
            }
        }

        @Override
        public List<No> refusals() {
            return List.of(
                    new No("RCPT 550 no such mailbox", Meaning.PERMANENT.outcome("550")),
                    new No("MAIL 553 not our sender", Meaning.PERMANENT.outcome("553")),
                    new No(". 554 spam", Meaning.PERMANENT.outcome("554")),
                    new No("RCPT 450 not known yet", Meaning.MUCH_LATER.outcome("450")),
                    new No("MAIL 530 login wanted", Meaning.SHUT_OUT.outcome("530")),
                    new No("DATA 503 something else first", Meaning.CONFIGURATION.outcome("503")));
        }

        @Override
        public void refuse(No no) {
            String[] words = no.name().split(" ", 2);
            server.answer(words[0], words[1]);
        }

        /** Emails that were spoken of. */
        @Override
        public long calls() {
            return server.steps().stream().filter("MAIL"::equals).count();
        }

        @Override
        public void reset() {
            server.reset();
        }

        @Override
        public void close() {}
    }
}
