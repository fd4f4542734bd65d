package io.heliograph.simulator.twilio;

import java.util.Map;
import java.util.TreeMap;

/** The titles of Twilio's error dictionary, for the codes that messages meet. */
final class ErrorWords {
    private static final Map<Integer, String> WORDS = new TreeMap<>();

    static {
        WORDS.put(20003, "Authenticate");
        WORDS.put(20004, "Method not allowed");
        WORDS.put(20005, "Account not active");
        WORDS.put(20009, "Cannot delete message because delivery has not been completed");
        WORDS.put(20422, "Invalid Parameter");
        WORDS.put(20429, "Too Many Requests");
        WORDS.put(20500, "An internal server error has occurred");
        WORDS.put(20503, "Service unavailable");
        WORDS.put(21211, "Invalid 'To' Phone Number");
        WORDS.put(21212, "Invalid From Number (caller ID)");
        WORDS.put(21266, "'To' and 'From' number cannot be the same");
        WORDS.put(
                21408,
                "Permission to send an SMS or MMS has not been enabled for the region indicated by the 'To' number");
        WORDS.put(21601, "Phone number is not a valid SMS-capable inbound phone number");
        WORDS.put(21602, "Message body is required");
        WORDS.put(21603, "A 'From' phone number is required.");
        WORDS.put(21604, "A 'To' phone number is required.");
        WORDS.put(
                21606,
                "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account");
        WORDS.put(21608, "The number is unverified. Trial accounts cannot send messages to unverified numbers");
        WORDS.put(21609, "Invalid 'StatusCallback' URL");
        WORDS.put(21610, "Attempt to send to unsubscribed recipient");
        WORDS.put(21611, "This 'From' number has exceeded the maximum number of queued messages");
        WORDS.put(21612, "Message cannot be sent with the current combination of 'To' and/or 'From' parameters");
        WORDS.put(21614, "'To' number is not a valid mobile number");
        WORDS.put(21617, "The concatenated message body exceeds the 1600 character limit");
        WORDS.put(21619, "A text message body or media urls must be specified.");
        WORDS.put(21620, "Invalid media URL(s)");
        WORDS.put(21623, "Number of media files exceeds allowed limit");
        WORDS.put(21624, "Invalid validity period");
        WORDS.put(21654, "ContentSid Required");
        WORDS.put(21655, "The ContentSid is Invalid");
        WORDS.put(21656, "The ContentVariables Parameter is invalid");
        WORDS.put(21659, "'From' is not a Twilio phone number or Short Code country mismatch");
        WORDS.put(21701, "The Messaging Service does not exist");
        WORDS.put(21703, "The Messaging Service does not have a phone number available to send a message");
        WORDS.put(21704, "The Messaging Service contains no phone numbers");
        WORDS.put(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
        WORDS.put(30001, "Queue overflow");
        WORDS.put(30002, "Account suspended");
        WORDS.put(30003, "Unreachable destination handset");
        WORDS.put(30004, "Message blocked");
        WORDS.put(30005, "Unknown destination handset");
        WORDS.put(30006, "Landline or unreachable carrier");
        WORDS.put(30007, "Message filtered");
        WORDS.put(30008, "Unknown error");
        WORDS.put(30017, "Carrier network congestion");
        WORDS.put(30019, "Content size exceeds carrier limit");
        WORDS.put(30022, "US A2P 10DLC - Rate Limits Exceeded");
        WORDS.put(30034, "US A2P 10DLC - Message from an Unregistered Number");
        WORDS.put(30036, "Validity Period Expired");
        WORDS.put(30400, "Parameters are not valid");
        WORDS.put(30409, "This message cannot be canceled");
        WORDS.put(30410, "Provider timeout");
        WORDS.put(30450, "Message delivery blocked");
        WORDS.put(35111, "SendAt timestamp is missing");
        WORDS.put(35114, "SendAt time must be more than 300 seconds and at most 35 days ahead");
        WORDS.put(35117, "Scheduling does not support this timestamp");
        WORDS.put(35118, "MessagingServiceSid is required to schedule a message");
        WORDS.put(35125, "Maximum limit reached in the account for scheduling messages");
        WORDS.put(35126, "The ScheduleType value provided is not supported for this channel");
        WORDS.put(63003, "Channel could not find To address");
        WORDS.put(63007, "Twilio could not find a Channel with the specified 'From' address");
        WORDS.put(63016, "Failed to send freeform message because you are outside the allowed window");
        WORDS.put(63018, "Rate limit exceeded for Channel");
        WORDS.put(63024, "Invalid message recipient");
    }

    private ErrorWords() {}

    static String of(int code) {
        return WORDS.getOrDefault(code, "Error " + code);
    }
}
