package io.heliograph.bench.load;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people write to a clinic on WhatsApp, as Twilio brings it, signed: many persons in turn, each of whom says the lines of one talk after another. */
public final class TurnRequests implements Requests {
    /** Ours. */
    public static final String NUMBER = "+15005550006";

    /** From the first word to the last question, and back: booked visits would use up the clinic's time. */
    private static final List<String> LINES = List.of(
            "hi",
            "1",
            "fever since two days",
            "1",
            "next thursday or friday",
            "1",
            "morning",
            "2",
            "Asha Rao, 34",
            "change",
            "in 9 days",
            "half past ten",
            "no");

    private static final int PERSONS = 2_000;
    private static final String PATH = "/callbacks/twilio/inbound";
    private static final int OK = 200;

    private final String publicUrl;
    private final String run;
    private final TwilioSignature signature = new TwilioSignature(SimulatorAccount.AUTH_TOKEN);
    private long requests;

    /** {@code publicUrl} is what the gateway believes to be; {@code run} tells the messages of this load from others. */
    public TurnRequests(String publicUrl, String run) {
        this.publicUrl = publicUrl;
        this.run = run;
    }

    @Override
    public void next(ByteBuffer out) {
        long request = requests++;
        int person = (int) (request % PERSONS);
        String line = LINES.get((int) (request / PERSONS % LINES.size()));
        Map<String, String> form = new TreeMap<>(Map.of(
                "AccountSid",
                SimulatorAccount.ACCOUNT_SID,
                "ApiVersion",
                "2010-04-01",
                "Body",
                line,
                "From",
                "whatsapp:+1415" + (2_000_000 + person),
                "MessageSid",
                "SM" + run + request,
                "NumMedia",
                "0",
                "To",
                "whatsapp:" + NUMBER));
        StringBuilder signed = new StringBuilder(publicUrl).append(PATH);
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> {
            signed.append(name).append(value);
            body.append(body.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        String whole = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: TwilioProxy/1.1\r\n"
                + "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n" + TwilioSignature.HEADER + ": "
                + signature.signText(signed.toString()) + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        ByteBuffer _ = out.put(whole.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int messagesPerRequest() {
        return 1;
    }

    @Override
    public int acceptedStatus() {
        return OK;
    }
}
