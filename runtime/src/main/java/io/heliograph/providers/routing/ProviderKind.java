package io.heliograph.providers.routing;

import io.heliograph.contract.Channel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whose API an account speaks, what that can carry, and how many recipients one call takes. */
public enum ProviderKind {
    TWILIO(1, 1),
    PLIVO(1_000, 1_000),
    /** Its maximum is not documented anywhere. */
    FAST2SMS(100, 1_000),
    TEXTLOCAL(500, 500),
    SMTP(1, 1),
    /** The services of browsers' makers: which one, each subscription says. */
    WEBPUSH(1, 1),
    /** Takes everything, sends nothing. */
    LOG(1_000, 1_000);

    public static final List<String> WORDS =
            Arrays.stream(values()).map(ProviderKind::word).toList();

    /** Of any kind. */
    public static final int BATCH_MAX =
            Arrays.stream(values()).mapToInt(ProviderKind::batchMax).max().orElseThrow();

    private final int batchDefault;
    private final int batchMax;

    ProviderKind(int batchDefault, int batchMax) {
        this.batchDefault = batchDefault;
        this.batchMax = batchMax;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ProviderKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What it can carry at all. */
    public Set<Channel> channels() {
        return switch (this) {
            case TWILIO -> EnumSet.of(Channel.SMS, Channel.WHATSAPP);
            case PLIVO, FAST2SMS, TEXTLOCAL -> EnumSet.of(Channel.SMS);
            case SMTP -> EnumSet.of(Channel.EMAIL);
            case WEBPUSH -> EnumSet.of(Channel.WEB_PUSH);
            case LOG -> EnumSet.allOf(Channel.class);
        };
    }

    /** Whether it answers what became of a message. Fast2SMS has nothing to ask. */
    public boolean canBeAskedForReceipts() {
        return this == TWILIO || this == PLIVO || this == TEXTLOCAL;
    }

    /** Whether it ever tells what became of a message. A mail server has said its last word when it takes it. */
    public boolean hasReceipts() {
        return canBeAskedForReceipts() || this == FAST2SMS;
    }

    public int batchDefault() {
        return batchDefault;
    }

    public int batchMax() {
        return batchMax;
    }
}
