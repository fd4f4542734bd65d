package io.heliograph.worker.sms;

import io.heliograph.contract.Channel;
import io.heliograph.worker.provider.Outgoing;

/** The two ends of a message as Twilio writes them: WhatsApp's have a prefix. */
record TwilioAddresses(String to, String from) {
    static TwilioAddresses of(Outgoing outgoing, TwilioSettings settings) {
        String sender = outgoing.from(settings.senders());
        return new TwilioAddresses(
                prefixed(outgoing.channel(), outgoing.recipient()),
                isMessagingService(sender) ? sender : prefixed(outgoing.channel(), sender));
    }

    boolean fromIsMessagingService() {
        return isMessagingService(from);
    }

    private static boolean isMessagingService(String sender) {
        return sender.startsWith("MG") && sender.length() == 34;
    }

    private static String prefixed(Channel channel, String address) {
        return switch (channel) {
            case SMS -> address;
            case WHATSAPP -> address.startsWith("whatsapp:") ? address : "whatsapp:" + address;
            case EMAIL, WEB_PUSH -> throw TwilioSettings.carriesNoEmail();
        };
    }
}
