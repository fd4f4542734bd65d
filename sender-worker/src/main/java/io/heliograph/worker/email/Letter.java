package io.heliograph.worker.email;

import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.SendBy;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One email. It knows whether the dialogue about it has begun: the mail client asks for the text once it holds a
 * connection on which the server has let us in, and not before. Once given up, or once its claim has passed, it never begins.
 */
final class Letter extends MailMessage {
    /** It was given up, and the server was ready for it. */
    static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUpException() {
            super("Given up before anything was sent", null, false, false);
        }
    }

    private enum State {
        WAITING,
        BEGUN,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final String id;
    /** Null for one that is never sent. */
    private final @Nullable SendBy sendBy;

    private Letter(String id, @Nullable SendBy sendBy) {
        this.id = id;
        this.sendBy = sendBy;
    }

    /** Throws {@link IllegalArgumentException} for addresses that are none. */
    static Letter of(Outgoing outgoing, SmtpSettings settings) {
        EmailAddress from = address(outgoing.from(settings.senders()));
        String domain = from.getEmail().substring(from.getEmail().lastIndexOf('@') + 1);
        Letter letter = new Letter(outgoing.id() + "-" + outgoing.attempt() + "@" + domain, outgoing.sendBy());
        EmailAddress to = address(outgoing.recipient());
        if (!to.getEmail().equals(outgoing.recipient())) {
            throw new IllegalArgumentException("more than an address");
        }
        Outgoing.Content content = outgoing.content();
        MailMessage _ = letter.setFrom(from.getEmail())
                .setTo(to.getEmail())
                .setText(lines(content.text()))
                .setHeaders(letter.headers(outgoing, from, settings));
        if (content.html() != null) {
            MailMessage _ = letter.setHtml(lines(content.html()));
        }
        return letter;
    }

    /** One that is never sent, for seeing whether we are let in. */
    static Letter never() {
        Letter letter = new Letter("", null);
        MailMessage _ = letter.setFrom("nobody@localhost").setTo("nobody@localhost");
        letter.state.set(State.GIVEN_UP);
        return letter;
    }

    /** Ours, so that a bounce or a complaint leads back to the attempt. */
    String id() {
        return id;
    }

    /** True when nothing of it was sent; nothing ever will be then. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
    }

    @Override
    public String getText() {
        // The last look at the clock: connecting, logging in and a worker that was frozen are behind us.
        if (sendBy != null && sendBy.claimHasPassed()) {
            boolean _ = giveUp();
        }
        if (!state.compareAndSet(State.WAITING, State.BEGUN) && state.get() == State.GIVEN_UP) {
            throw new GivenUpException();
        }
        return super.getText();
    }

    private MultiMap headers(Outgoing outgoing, EmailAddress from, SmtpSettings settings) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Message-ID", "<" + id + ">");
        String name = from.getName().strip();
        if (!name.isEmpty()) {
            headers.set("From", phrase(name) + " <" + from.getEmail() + ">");
        }
        String subject = outgoing.content().subject();
        if (subject != null) {
            headers.set("Subject", HeaderText.of(subject));
        }
        String unsubscribe = settings.unsubscribeUrl(outgoing.id());
        if (unsubscribe != null) {
            headers.set("List-Unsubscribe", "<" + unsubscribe + ">");
        }
        if (unsubscribe != null && unsubscribe.startsWith("https:")) {
            // One click is a POST by the mailbox's own server, and over TLS only (RFC 8058).
            headers.set("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return headers;
    }

    private static String phrase(String name) {
        String text = HeaderText.of(name.replace("\"", ""));
        return text.startsWith("=?") ? text : '"' + text.replace("\\", "") + '"';
    }

    private static EmailAddress address(String text) {
        EmailAddress address = new EmailAddress(text);
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(address.getEmail());
        if (!ascii || address.getEmail().chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>')) {
            throw new IllegalArgumentException("not an address that SMTP can carry");
        }
        if (address.getEmail().isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        return address;
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
