package io.heliograph.simulator.twilio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.ledger.Message;
import org.jspecify.annotations.Nullable;

/** A message as Twilio renders it: 20 properties, with their types on the wire. */
final class MessageJson {
    private static final long PRICE_OF_A_SEGMENT = 750;

    private final TwilioDate dates = new TwilioDate();
    private final String accountSid;
    private final String messages;

    MessageJson(String accountSid) {
        this.accountSid = accountSid;
        this.messages = "/2010-04-01/Accounts/" + accountSid + "/Messages";
    }

    String listUri() {
        return messages + ".json";
    }

    /** Without its ending, so that more can follow. */
    String uri(String sid) {
        return messages + '/' + sid;
    }

    /** The answer to a create; only other answers name the feedback resource. */
    String created(String sid, Message message) {
        return write(new JsonText(), sid, message, false).toString();
    }

    String of(String sid, Message message) {
        return write(new JsonText(), sid, message, true).toString();
    }

    @CanIgnoreReturnValue
    JsonText write(JsonText json, String sid, Message message, boolean withFeedback) {
        String uri = uri(sid);
        Message.Content content = message.content();
        Message.State state = message.state();
        json.raw("{\"account_sid\":").string(accountSid);
        json.raw(",\"api_version\":\"2010-04-01\",\"body\":").string(content.body());
        json.raw(",\"date_created\":").string(dates.write(message.createdAt()));
        json.raw(",\"date_sent\":").string(state.sentAt() == 0 ? null : dates.write(state.sentAt()));
        json.raw(",\"date_updated\":").string(dates.write(state.updatedAt()));
        json.raw(",\"direction\":").string(content.direction());
        json.raw(",\"error_code\":").raw(String.valueOf(state.errorCode()));
        json.raw(",\"error_message\":").string(errorMessage(state));
        json.raw(",\"from\":").string(content.from());
        json.raw(",\"messaging_service_sid\":").string(content.messagingServiceSid());
        json.raw(",\"num_media\":\"").raw(numMedia(content)).raw("\",\"num_segments\":\"");
        json.raw(state.segments()).raw("\",\"price\":").string(price(state));
        json.raw(",\"price_unit\":\"USD\",\"sid\":").string(sid);
        json.raw(",\"status\":").string(state.status().word());
        json.raw(",\"subresource_uris\":{\"media\":\"").raw(uri).raw("/Media.json\"");
        if (withFeedback) {
            json.raw(",\"feedback\":\"").raw(uri).raw("/Feedback.json\"");
        }
        json.raw("},\"to\":").string(content.to());
        return json.raw(",\"uri\":\"").raw(uri).raw(".json\"}");
    }

    private static @Nullable String errorMessage(Message.State state) {
        return state.errorCode() == null ? null : ErrorWords.of(state.errorCode());
    }

    private static long numMedia(Message.Content content) {
        return content.mediaUrls().stream().filter(url -> !url.isEmpty()).count();
    }

    /** Known once it is sent, in hundred-thousandths of a dollar; negative, because the account is charged. */
    private static @Nullable String price(Message.State state) {
        if (state.sentAt() == 0) {
            return null;
        }
        long price = PRICE_OF_A_SEGMENT * state.segments();
        return "-" + price / 100_000 + '.'
                + Long.toString(100_000 + price % 100_000).substring(1);
    }
}
