package io.heliograph.simulator.twilio;

import io.heliograph.simulator.script.OptOuts;
import org.jspecify.annotations.Nullable;

/** Whether a well-formed message can go from this sender to this recipient. */
final class Deliverability {
    private final String defaultSender;

    /** What a Messaging Service sends from. */
    Deliverability(String defaultSender) {
        this.defaultSender = defaultSender;
    }

    /** The reason why not, or null. */
    @Nullable
    TwilioError check(CreateRequest request, OptOuts optOuts) {
        int code = MagicNumbers.codeForRecipient(request.to());
        if (code == 0 && request.from() != null) {
            code = MagicNumbers.codeForSender(request.from());
        }
        if (code == 0 && optOuts.contains(request.to(), sender(request))) {
            code = 21610;
        }
        return code == 0 ? null : TwilioError.of(code);
    }

    /** The From, or what the Messaging Service takes: of the same channel as the recipient. */
    String sender(CreateRequest request) {
        if (request.from() != null) {
            return request.from();
        }
        String channel = Address.channel(request.to());
        return channel.equals(Address.SMS) ? defaultSender : channel + ':' + defaultSender;
    }
}
