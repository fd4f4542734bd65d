package io.heliograph.worker.provider;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Lane;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one message: all that a provider needs. {@code sender} is null when the provider's own is to be used;
 * {@code browser} is what it takes to reach one, null for other channels and where there is none any more;
 * {@code claimedAt} is the database's clock, {@code validFor} counts from then; {@code account} is the customer's.
 */
public record Outgoing(
        UUID id,
        int attempt,
        Channel channel,
        String recipient,
        @Nullable String sender,
        Content content,
        Instant claimedAt,
        Duration validFor,
        SendBy sendBy,
        long account,
        @Nullable Browser browser) {
    /**
     * What the person gets to see. {@code subject} and {@code html} are an email's, beside its text; a push message has its title as
     * subject, and a {@code link}; {@code dlt} is
     * asked for by Indian carriers; {@code template} is shown instead of the text where the provider has it.
     */
    public record Content(
            String text,
            @Nullable String subject,
            @Nullable String html,
            @Nullable String link,
            List<String> mediaUrls,
            @Nullable Dlt dlt,
            @Nullable ContentTemplate template) {
        public Content {
            mediaUrls = List.copyOf(mediaUrls);
        }

        public static Content of(String text, List<String> mediaUrls) {
            return new Content(text, null, null, null, mediaUrls, null, null);
        }

        /** Says nothing of what is in it. */
        @Override
        public String toString() {
            return "content";
        }
    }

    /**
     * The registration that a carrier in India compares a text with. {@code templateId} is the registered template's,
     * {@code variables} what goes into its slots, in order.
     */
    public record Dlt(@Nullable String entityId, @Nullable String templateId, List<String> variables) {
        public Dlt {
            variables = List.copyOf(variables);
        }

        /** Says nothing of what is in it: a variable may be a one-time code. */
        @Override
        public String toString() {
            return "dlt";
        }
    }

    /** Buttons, lists and the like, which the provider keeps under an id, and what goes into it. */
    public record ContentTemplate(String sid, Map<String, String> variables) {
        public ContentTemplate {
            variables = Map.copyOf(variables);
        }

        /** Says nothing of what is in it. */
        @Override
        public String toString() {
            return "content template " + sid;
        }
    }

    /** A subscription of a browser. Whoever knows it could write to the person. {@code lane} is that of the message. */
    public record Browser(String endpoint, String p256dh, String auth, Lane lane) {
        @Override
        public String toString() {
            return "browser";
        }
    }

    public Outgoing(
            UUID id,
            int attempt,
            Channel channel,
            String recipient,
            @Nullable String sender,
            Content content,
            Instant claimedAt,
            Duration validFor,
            SendBy sendBy,
            long account) {
        this(id, attempt, channel, recipient, sender, content, claimedAt, validFor, sendBy, account, null);
    }

    /** Who it comes from: its own sender, else the one that the account has for its recipient; empty when none is. */
    public String from(Senders account) {
        if (sender != null) {
            return sender;
        }
        SenderIdentity first = account.first(channel, recipient);
        return first == null ? "" : first.address();
    }

    /** The same, from a sender that was chosen for it. */
    public Outgoing sentFrom(String chosen) {
        return new Outgoing(
                id, attempt, channel, recipient, chosen, content, claimedAt, validFor, sendBy, account, browser);
    }

    /** The same, to leave by that moment on the JVM's clock that cannot jump, if not before. */
    public Outgoing leavingBy(long nanos) {
        return new Outgoing(
                id,
                attempt,
                channel,
                recipient,
                sender,
                content,
                claimedAt,
                validFor,
                sendBy.orBefore(nanos),
                account,
                browser);
    }

    /** Names the attempt, and nobody. */
    @Override
    public String toString() {
        return "attempt " + attempt + " of " + id;
    }
}
