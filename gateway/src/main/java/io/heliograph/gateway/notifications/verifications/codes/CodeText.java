package io.heliograph.gateway.notifications.verifications.codes;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.notifications.catalog.Template;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a code is written to a person, by each way that is tried, the first one first. It stands as asterisks in everything that is
 * written here: see {@link Digits#mask}.
 */
public record CodeText(Wording wording, List<Way> ways) {
    /** The notification type whose templates say it. */
    public static final String TYPE = "verification_code";

    /**
     * What the account wants it to say.
     *
     * @param webOtpDomain of the page that may fill the code in by itself
     * @param androidAppHash of the app that may
     */
    public record Wording(
            String locale,
            @Nullable String appName,
            @Nullable String webOtpDomain,
            @Nullable String androidAppHash) {}

    /** To whom, by what, in which words. */
    public record Way(Channel channel, String to, Template template) {}

    /**
     * What one way says.
     *
     * @param sender which the text is registered for; null for whichever there is
     * @param misfits whether India's operators would refuse it: it does not fit its registered template
     */
    public record Written(
            String text, @Nullable String sender, @Nullable JsonObject content, Segments segments, boolean misfits) {}

    public CodeText {
        ways = List.copyOf(ways);
    }

    public Way first() {
        return ways.getFirst();
    }

    public Written write(int length, Duration validFor) {
        return write(first(), length, validFor);
    }

    /** Whether no way is refused for its text by the operators on it; the code changes nothing in that. */
    public boolean fitsWhatIsRegistered(int length, Duration validFor) {
        return ways.stream().noneMatch(way -> write(way, length, validFor).misfits());
    }

    /** What is tried when the first way fails, as messages store it; null for nothing. */
    public @Nullable JsonArray fallback(int length, Duration validFor) {
        if (ways.size() == 1) {
            return null;
        }
        JsonArray fallback = new JsonArray();
        for (Way way : ways.subList(1, ways.size())) {
            Written written = write(way, length, validFor);
            JsonObject stored = new JsonObject()
                    .put("channel", way.channel().word())
                    .put("to", way.to())
                    .put("text", written.text());
            if (written.sender() != null) {
                stored.put("from", written.sender());
            }
            if (written.content() != null) {
                stored.put("content", written.content());
            }
            fallback.add(stored.put("segments", written.segments().count())
                    .put("encoding", written.segments().encoding())
                    .put("valid_for_ms", validFor.toMillis()));
        }
        return fallback;
    }

    private Written write(Way way, int length, Duration validFor) {
        String mask = Digits.mask(length);
        Map<String, Object> values = HashMap.newHashMap(3);
        values.put("code", mask);
        values.put("minutes", Math.max(1, (validFor.toSeconds() + 30) / 60));
        // A section of its own: it may be left out.
        values.put("app_name", false);
        if (wording.appName() != null) {
            values.put("app_name", wording.appName());
        }
        Template.Rendered rendered = way.template().render(values);
        String text = way.channel() == Channel.SMS ? rendered.text() + suffix(mask) : rendered.text();
        JsonObject content = new JsonObject();
        if (rendered.title() != null) {
            content.put("subject", rendered.title());
        }
        if (rendered.html() != null) {
            content.put("html", rendered.html());
        }
        Template.Registered registered = way.template().registeredFor(way.to());
        JsonObject dlt = registered == null ? null : registered.of(text);
        if (dlt != null) {
            content.put("dlt", dlt);
        }
        return new Written(
                text,
                registered == null ? null : registered.dlt().header(),
                content.isEmpty() ? null : content,
                way.channel() == Channel.EMAIL ? Segments.NONE : Segments.of(text),
                registered != null && dlt == null);
    }

    /** What phones look for: in the last line. */
    private String suffix(String mask) {
        if (wording.webOtpDomain() != null) {
            return "\n\n@" + wording.webOtpDomain() + " #" + mask;
        }
        return wording.androidAppHash() == null ? "" : "\n\n" + wording.androidAppHash();
    }
}
