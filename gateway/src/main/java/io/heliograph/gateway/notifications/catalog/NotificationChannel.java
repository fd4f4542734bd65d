package io.heliograph.gateway.notifications.catalog;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.messages.fields.MessageFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a user can be told. Some ways are messages, which go through providers; the others are ours alone. */
public enum NotificationChannel {
    SMS(Channel.SMS),
    WHATSAPP(Channel.WHATSAPP),
    EMAIL(Channel.EMAIL),
    /** The inbox that the account's own application shows. */
    IN_APP(null),
    /** The user's browsers. */
    WEB_PUSH(Channel.WEB_PUSH),
    /** The account's own webhook endpoints. */
    WEBHOOK(null);

    public static final List<String> WORDS =
            Arrays.stream(values()).map(NotificationChannel::word).toList();

    private final String word = name().toLowerCase(Locale.ROOT);
    private final @Nullable Channel message;

    NotificationChannel(@Nullable Channel message) {
        this.message = message;
    }

    /** The channel of the message that it takes; null when it takes none. */
    public @Nullable Channel message() {
        return message;
    }

    /** Characters that a text of it may have. */
    public int textLengthMax() {
        return switch (this) {
            case SMS, WHATSAPP -> MessageFields.textLengthMax(Channel.SMS);
            case EMAIL -> MessageFields.textLengthMax(Channel.EMAIL);
            case IN_APP -> 2_000;
            // Browsers' services take 4 kB in all, encrypted.
            case WEB_PUSH -> 700;
            case WEBHOOK -> 10_000;
        };
    }

    /** Whether it shows a title above the text. */
    public boolean hasTitle() {
        return !goesToNumber();
    }

    /** Whether it reaches the person at once, wherever they are: that may be quiet, is capped, and can be gathered. */
    public boolean interrupts() {
        return message != null;
    }

    public boolean goesToNumber() {
        return this == SMS || this == WHATSAPP;
    }

    public String word() {
        return word;
    }

    public static NotificationChannel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
