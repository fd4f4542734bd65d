package io.heliograph.gateway.callbacks;

import static io.heliograph.contract.Reason.PROVIDER_CONFIGURATION;
import static io.heliograph.contract.Reason.RECIPIENT_OPTED_OUT;
import static io.heliograph.contract.Reason.RECIPIENT_UNREACHABLE;
import static io.heliograph.contract.Reason.VALIDITY_PASSED;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.callbacks.ProviderWords.Word;
import java.util.Map;

/** Twilio's. */
final class TwilioWords {
    private static final Map<String, Word> STATUSES = Map.ofEntries(
            // Twilio has it and is working on it: to us that is sent, for our part is done.
            Map.entry("accepted", Word.of(MessageStatus.SENT)),
            Map.entry("scheduled", Word.of(MessageStatus.SENT)),
            Map.entry("queued", Word.of(MessageStatus.SENT)),
            Map.entry("sending", Word.of(MessageStatus.SENT)),
            Map.entry("sent", Word.of(MessageStatus.SENT)),
            // Some of several recipients or parts have it: not yet delivered, and no failure either.
            Map.entry("partially_delivered", Word.of(MessageStatus.SENT)),
            Map.entry("delivered", Word.of(MessageStatus.DELIVERED)),
            Map.entry("read", Word.of(MessageStatus.READ)),
            Map.entry("undelivered", Word.of(MessageStatus.UNDELIVERED)),
            Map.entry("failed", Word.of(MessageStatus.FAILED)),
            // Cancelled at the provider, by someone other than us: it will not arrive.
            Map.entry("canceled", Word.of(MessageStatus.FAILED)));

    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("20003", PROVIDER_CONFIGURATION), // wrong credentials
            Map.entry("20005", PROVIDER_CONFIGURATION), // account not active
            Map.entry("21211", RECIPIENT_UNREACHABLE), // invalid To
            Map.entry("21212", PROVIDER_CONFIGURATION), // invalid From
            Map.entry("21408", PROVIDER_CONFIGURATION), // region not enabled
            Map.entry("21601", PROVIDER_CONFIGURATION),
            Map.entry("21603", PROVIDER_CONFIGURATION),
            Map.entry("21606", PROVIDER_CONFIGURATION), // From is not ours
            Map.entry("21609", PROVIDER_CONFIGURATION), // our callback URL
            Map.entry("21610", RECIPIENT_OPTED_OUT),
            Map.entry("21614", RECIPIENT_UNREACHABLE), // not a mobile
            Map.entry("21659", PROVIDER_CONFIGURATION),
            Map.entry("21664", PROVIDER_CONFIGURATION),
            Map.entry("21666", PROVIDER_CONFIGURATION),
            Map.entry("21667", PROVIDER_CONFIGURATION),
            Map.entry("21701", PROVIDER_CONFIGURATION),
            Map.entry("21703", PROVIDER_CONFIGURATION),
            Map.entry("21704", PROVIDER_CONFIGURATION),
            Map.entry("30002", PROVIDER_CONFIGURATION), // account suspended
            Map.entry("30004", RECIPIENT_UNREACHABLE), // blocked
            Map.entry("30005", RECIPIENT_UNREACHABLE), // unknown handset
            Map.entry("30006", RECIPIENT_UNREACHABLE), // landline
            Map.entry("30032", PROVIDER_CONFIGURATION),
            Map.entry("30034", PROVIDER_CONFIGURATION), // sender not registered
            Map.entry("30036", VALIDITY_PASSED), // at Twilio
            Map.entry("63001", PROVIDER_CONFIGURATION),
            Map.entry("63002", PROVIDER_CONFIGURATION),
            Map.entry("63003", RECIPIENT_UNREACHABLE), // not on WhatsApp
            Map.entry("63007", PROVIDER_CONFIGURATION),
            Map.entry("63014", RECIPIENT_OPTED_OUT),
            Map.entry("63015", PROVIDER_CONFIGURATION),
            Map.entry("63024", RECIPIENT_UNREACHABLE), // invalid recipient
            Map.entry("63027", PROVIDER_CONFIGURATION),
            Map.entry("63028", PROVIDER_CONFIGURATION),
            Map.entry("63033", RECIPIENT_OPTED_OUT),
            Map.entry("63040", PROVIDER_CONFIGURATION),
            Map.entry("63041", PROVIDER_CONFIGURATION),
            Map.entry("63042", PROVIDER_CONFIGURATION),
            Map.entry("63051", PROVIDER_CONFIGURATION));

    static final ProviderWords WORDS = new ProviderWords("twilio", STATUSES, REASONS);

    private TwilioWords() {}
}
