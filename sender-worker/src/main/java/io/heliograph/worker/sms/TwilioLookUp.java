package io.heliograph.worker.sms;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;
import io.heliograph.worker.http.HttpTransport;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Looks for a lost message among those that Twilio has for its recipient. Twilio does not return our callback URL,
 * which would name the attempt, so a message is recognised by recipient, sender, text and the time when it was
 * created.
 *
 * <p>The list is asked for by recipient alone, newest first. Not by date of sending: a message that Twilio has taken
 * and still holds in its queue has no such date, and it is exactly the one that must be found.
 */
final class TwilioLookUp {
    /** In one request, which takes one slot; more is not asked for. Twilio shows a thousand at the most. */
    private static final int MESSAGES_MAX = 500;
    /** Twilio's clock and the database's may differ by this much. */
    private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(60);
    /** What Twilio puts before the text of a trial account. */
    private static final String TRIAL_PREFIX = "Sent from your Twilio trial account - ";

    /** Of a line of a list; buttons have less. */
    private static final int LABEL_LENGTH_MAX = 24;

    private final TwilioSettings settings;

    TwilioLookUp(TwilioSettings settings) {
        this.settings = settings;
    }

    LookUp find(Outgoing lost, TwilioRestClient client) {
        try {
            return new LookUp.Seen(search(lost, client));
        } catch (HttpTransport.TooLateException _) {
            return LookUp.TOO_LATE;
        } catch (TwilioException | HttpTransport.NotSentException | HttpTransport.AnswerLostException e) {
            return new LookUp.Unavailable(e.getClass().getSimpleName());
        }
    }

    private List<String> search(Outgoing lost, TwilioRestClient client) {
        TwilioAddresses addresses = TwilioAddresses.of(lost, settings);
        MessageReader reader = Message.reader();
        reader.setTo(new PhoneNumber(addresses.to()));
        reader.setPageSize((long) MESSAGES_MAX);
        return reader.firstPage(client).getRecords().stream()
                .filter(message -> couldBe(message, lost))
                .map(Message::getSid)
                .toList();
    }

    private boolean couldBe(Message message, Outgoing lost) {
        return message.getSid() != null
                && message.getDirection() != Message.Direction.INBOUND
                && message.getDateCreated() != null
                && isInWindow(message.getDateCreated().toInstant(), lost)
                && says(message, lost.content())
                && isSender(message, lost);
    }

    private static boolean says(Message message, Outgoing.Content content) {
        String text = content.text();
        return content.template() == null
                ? text.equals(message.getBody()) || (TRIAL_PREFIX + text).equals(message.getBody())
                : shows(message, content.template());
    }

    /**
     * What is around the variables only Twilio knows, and labels of buttons and lists are not in the body. So all that is too long to be a label has to be in
     * it, and where nothing is, nobody can tell the message from another one.
     */
    private static boolean shows(Message message, Outgoing.ContentTemplate template) {
        List<String> telling = template.variables().values().stream()
                .filter(variable -> variable.length() > LABEL_LENGTH_MAX)
                .toList();
        return message.getBody() != null
                && !telling.isEmpty()
                && telling.stream().allMatch(message.getBody()::contains);
    }

    /** Which of several a message came from that names none was decided when it left. */
    private boolean isSender(Message message, Outgoing lost) {
        return lost.sender() != null
                ? isFrom(message, TwilioAddresses.of(lost, settings))
                : settings.senders().ableTo(lost.channel(), lost.recipient()).stream()
                        .map(sender -> TwilioAddresses.of(lost.sentFrom(sender.address()), settings))
                        .anyMatch(addresses -> isFrom(message, addresses));
    }

    private static boolean isFrom(Message message, TwilioAddresses addresses) {
        // A messaging service chooses the sender, and does so later.
        return addresses.fromIsMessagingService()
                ? addresses.from().equals(message.getMessagingServiceSid())
                : message.getFrom() != null
                        && addresses.from().equals(message.getFrom().getEndpoint());
    }

    private boolean isInWindow(Instant created, Outgoing lost) {
        return !created.isBefore(lost.claimedAt().minus(CLOCKS_APART_MAX))
                && !created.isAfter(lost.claimedAt().plus(settings.sendWindow()).plus(CLOCKS_APART_MAX));
    }
}
