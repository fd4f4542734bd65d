package io.heliograph.bench.load;

import io.heliograph.contract.Lane;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;

/**
 * Requests that post messages, one or a batch of them. Each request has an Idempotency-Key of its own, each message a
 * recipient of its own: the digits of a counter are written over the zeros of a template.
 */
public final class MessageRequests implements Requests {
    private static final int KEY_DIGITS = 12;
    private static final int NUMBER_DIGITS = 7;
    private static final int NUMBERS_FIRST = 2_000_000;
    private static final int NUMBERS = 8_000_000;
    /** The first that is written, with its country's code and without a plus sign. */
    public static final long NUMBER_FIRST = 1_415_000_0000L + NUMBERS_FIRST;

    public static final int USERS = 10_000;
    private static final String KEY_ZEROS = "0".repeat(KEY_DIGITS);
    private static final String DIGITS_OF_NUMBER = "1415" + "0".repeat(NUMBER_DIGITS);
    private static final String NUMBER_ZEROS = "+" + DIGITS_OF_NUMBER;
    private static final String TEXT =
            "Your parcel is out for delivery today between 14:00 and 16:00. Track it in the app.";

    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final byte[] template;
    private final int acceptedStatus;
    private final int keyAt;
    private final int numbers;
    private final int[] numbersAt;
    private long requests;
    private long messages;

    private MessageRequests(
            String target,
            String authorization,
            String type,
            String run,
            String body,
            int count,
            int numbers,
            int acceptedStatus) {
        this.numbers = numbers;
        this.acceptedStatus = acceptedStatus;
        String head = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                + "\r\nContent-Type: " + type + "\r\nIdempotency-Key: " + run + "-" + KEY_ZEROS
                + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        String whole = head + body;
        this.template = whole.getBytes(StandardCharsets.US_ASCII);
        this.keyAt = whole.indexOf("-" + KEY_ZEROS) + 1;
        this.numbersAt = new int[count];
        for (int i = 0, from = 0; i < count; i++) {
            numbersAt[i] = whole.indexOf(DIGITS_OF_NUMBER, from) + DIGITS_OF_NUMBER.length() - NUMBER_DIGITS;
            from = numbersAt[i];
        }
    }

    /** {@code run} sets the keys of this load apart from those of another on the same database. */
    public static MessageRequests single(String apiKey, String run) {
        return single(apiKey, run, Lane.NORMAL);
    }

    public static MessageRequests single(String apiKey, String run, Lane lane) {
        return ours("/v1/messages", apiKey, run, message(lane), 1);
    }

    public static MessageRequests batch(String apiKey, String run, int count) {
        return batch(apiKey, run, count, Lane.NORMAL);
    }

    public static MessageRequests batch(String apiKey, String run, int count, Lane lane) {
        String items = String.join(",", Collections.nCopies(count, message(lane)));
        return ours("/v1/messages/batch", apiKey, run, "{\"messages\":[" + items + "]}", count);
    }

    /** One-time codes, each for a number of its own. */
    public static MessageRequests codes(String apiKey, String run) {
        String body = "{\"to\":\"" + NUMBER_ZEROS + "\",\"purpose\":\"login\",\"app_name\":\"Acme\"}";
        return ours("/v1/verifications", apiKey, run, body, 1);
    }

    /** One message, as Twilio's SDKs post it. */
    public static MessageRequests twilio(String accountSid, String authToken, String run) {
        byte[] pair = (accountSid + ":" + authToken).getBytes(StandardCharsets.US_ASCII);
        String form = "To=" + URLEncoder.encode(NUMBER_ZEROS, StandardCharsets.UTF_8)
                + "&MessagingServiceSid=MG00000000000000000000000000000000&Body="
                + URLEncoder.encode(TEXT, StandardCharsets.UTF_8);
        return new MessageRequests(
                "/2010-04-01/Accounts/" + accountSid + "/Messages.json",
                "Basic " + Base64.getEncoder().encodeToString(pair),
                "application/x-www-form-urlencoded",
                run,
                form,
                1,
                NUMBERS,
                CREATED);
    }

    /** Each of one user's new order; their ids are the numbers from {@link #NUMBER_FIRST} on. */
    public static MessageRequests events(String apiKey, String run) {
        return new MessageRequests(
                "/v1/events",
                "Bearer " + apiKey,
                "application/json",
                run,
                "{\"type\":\"order_created\",\"user\":\"" + DIGITS_OF_NUMBER
                        + "\",\"data\":{\"order_id\":\"A-2026-004711\",\"amount\":\"INR 1,250.00\"}}",
                1,
                USERS,
                ACCEPTED);
    }

    private static MessageRequests ours(String target, String apiKey, String run, String body, int count) {
        return new MessageRequests(target, "Bearer " + apiKey, "application/json", run, body, count, NUMBERS, ACCEPTED);
    }

    /** The lane that messages have anyway is left out. */
    private static String message(Lane lane) {
        String named = lane == Lane.NORMAL ? "" : "\"lane\":\"" + lane.word() + "\",";
        return "{" + named + "\"to\":\"" + NUMBER_ZEROS + "\",\"text\":\"" + TEXT + "\"}";
    }

    @Override
    public void next(ByteBuffer out) {
        writeDigits(requests++, keyAt, KEY_DIGITS);
        for (int at : numbersAt) {
            writeDigits(NUMBERS_FIRST + messages++ % numbers, at, NUMBER_DIGITS);
        }
        out.put(template);
    }

    @Override
    public int messagesPerRequest() {
        return numbersAt.length;
    }

    @Override
    public int acceptedStatus() {
        return acceptedStatus;
    }

    private void writeDigits(long number, int at, int digits) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            template[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
