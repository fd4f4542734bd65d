package io.heliograph.bench.load;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Twilio's status callbacks as it sends them, one a request, signed beforehand: first each message is delivered, then each is read, so that
 * every one of them moves its message. Not endless: there are two for each message.
 */
public final class CallbackRequests implements Requests {

    private static final List<String> STATUSES = List.of("delivered", "read");
    private static final int NO_CONTENT = 204;
    private static final int DIGITS = 12;
    private static final int SIGNATURE_BYTES = 28;
    private static final String NUMBER = "x".repeat(DIGITS);
    private static final String SIGNATURE = "~".repeat(SIGNATURE_BYTES);
    private static final HexFormat HEX = HexFormat.of();

    /** What one status looks like: the request, where in it the number and the signature go, and the signatures. */
    private static final class Template {
        private final byte[] request;
        private final int[] numbersAt;
        private final int signatureAt;
        private final byte[] signatures;

        private Template(String request, byte[] signatures) {
            this.request = request.getBytes(StandardCharsets.US_ASCII);
            this.numbersAt = IntStream.range(0, request.length())
                    .filter(at -> request.startsWith(NUMBER, at))
                    .toArray();
            this.signatureAt = request.indexOf(SIGNATURE);
            this.signatures = signatures;
        }

        private void write(int message, ByteBuffer out) {
            for (int at : numbersAt) {
                writeHex(message, request, at);
            }
            System.arraycopy(signatures, message * SIGNATURE_BYTES, request, signatureAt, SIGNATURE_BYTES);
            ByteBuffer _ = out.put(request);
        }
    }

    private final List<Template> templates;
    private final int messages;
    private long requests;

    /** For the messages from 0 on of that prefix; {@code publicUrl} is what the gateway believes to be. */
    public CallbackRequests(String publicUrl, String idPrefix, int messages) {
        this.messages = messages;
        this.templates = STATUSES.stream()
                .map(status -> template(publicUrl, idPrefix, status, messages))
                .toList();
    }

    @Override
    public void next(ByteBuffer out) {
        int pass = (int) (requests / messages);
        if (pass >= templates.size()) {
            throw new NoSuchElementException("All callbacks are used up");
        }
        int message = (int) (requests++ % messages);
        templates.get(pass).write(message, out);
    }

    @Override
    public int messagesPerRequest() {
        return 1;
    }

    @Override
    public int acceptedStatus() {
        return NO_CONTENT;
    }

    private static Template template(String publicUrl, String idPrefix, String status, int messages) {
        String target = "/callbacks/twilio/status?m=" + idPrefix + NUMBER + "&a=1";
        String sid = "SM" + "0".repeat(20) + NUMBER;
        String body = "AccountSid=" + SimulatorAccount.ACCOUNT_SID
                + "&ApiVersion=2010-04-01&From=%2B15005550006&MessageSid="
                + sid + "&MessageStatus=" + status + "&RawDlrDoneDate=2611191130&SmsSid=" + sid + "&SmsStatus=" + status
                + "&To=%2B14155550010";
        String request = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: TwilioProxy/1.1\r\n"
                + "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n" + TwilioSignature.HEADER + ": "
                + SIGNATURE + "\r\nI-Twilio-Idempotency-Token: " + idPrefix + NUMBER + "-" + status
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        String signed = publicUrl + target + "AccountSid" + SimulatorAccount.ACCOUNT_SID
                + "ApiVersion2010-04-01From+15005550006MessageSid" + sid + "MessageStatus" + status
                + "RawDlrDoneDate2611191130SmsSid" + sid + "SmsStatus" + status + "To+14155550010";
        return new Template(request, signatures(signed, messages));
    }

    private static byte[] signatures(String signed, int messages) {
        TwilioSignature signature = new TwilioSignature(SimulatorAccount.AUTH_TOKEN);
        byte[] signatures = new byte[messages * SIGNATURE_BYTES];
        IntStream.range(0, messages).parallel().forEach(message -> {
            byte[] one = signature
                    .signText(signed.replace(NUMBER, HEX.toHexDigits(message, DIGITS)))
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(one, 0, signatures, message * SIGNATURE_BYTES, SIGNATURE_BYTES);
        });
        return signatures;
    }

    private static void writeHex(int number, byte[] request, int at) {
        int rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            request[i] = (byte) HEX.toLowHexDigit(rest);
            rest >>>= 4;
        }
    }
}
