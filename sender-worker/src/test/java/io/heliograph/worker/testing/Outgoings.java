package io.heliograph.worker.testing;

import io.heliograph.contract.Channel;
import io.heliograph.runtime.Ids;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.SendBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** First attempts at ordinary messages; says only what is special. */
public final class Outgoings {
    private static final Ids IDS = new Ids();

    private Channel channel = Channel.SMS;
    private String recipient = "+15005550010";
    private @Nullable String sender;
    private String body = "Your table is ready";
    private @Nullable String subject;
    private @Nullable String html;
    private @Nullable String link;
    private Outgoing.@Nullable Browser browser;
    private List<String> mediaUrls = List.of();
    private Outgoing.@Nullable Dlt dlt;
    private Outgoing.@Nullable ContentTemplate template;
    private Instant claimedAt = Instant.EPOCH;
    private Duration validFor = Duration.ofDays(3);
    private SendBy sendBy = SendBy.in(Duration.ofDays(1), new FakeClocks());

    private long account = 1;

    private Outgoings() {}

    public static Outgoings ordinary() {
        return new Outgoings();
    }

    public static Outgoing to(String recipient) {
        Outgoings made = new Outgoings();
        made.recipient = recipient;
        return made.build();
    }

    public Outgoings recipient(String to) {
        recipient = to;
        return this;
    }

    public Outgoings of(long customer) {
        account = customer;
        return this;
    }

    public Outgoings by(Channel by) {
        channel = by;
        return this;
    }

    public Outgoings from(String from) {
        sender = from;
        return this;
    }

    public Outgoings saying(String text) {
        body = text;
        return this;
    }

    public Outgoings subject(String line) {
        subject = line;
        return this;
    }

    public Outgoings html(String page) {
        html = page;
        return this;
    }

    public Outgoings leadingTo(String url) {
        link = url;
        return this;
    }

    public Outgoings in(Outgoing.Browser subscribed) {
        browser = subscribed;
        return by(Channel.WEB_PUSH);
    }

    public Outgoings registered(Outgoing.Dlt as) {
        dlt = as;
        return this;
    }

    public Outgoings by(Outgoing.ContentTemplate shown) {
        template = shown;
        return this;
    }

    public Outgoings showing(String... urls) {
        mediaUrls = List.of(urls);
        return this;
    }

    public Outgoings claimedAt(Instant at) {
        claimedAt = at;
        return this;
    }

    public Outgoings validFor(Duration time) {
        validFor = time;
        return this;
    }

    public Outgoings sendBy(SendBy by) {
        sendBy = by;
        return this;
    }

    private Outgoing.Content content() {
        return new Outgoing.Content(body, subject, html, link, mediaUrls, dlt, template);
    }

    public Outgoing build() {
        return new Outgoing(
                IDS.get(), 1, channel, recipient, sender, content(), claimedAt, validFor, sendBy, account, browser);
    }
}
