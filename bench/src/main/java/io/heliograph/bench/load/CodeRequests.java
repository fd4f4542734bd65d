package io.heliograph.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** In turn a code that is asked for, and the check of one that was sent before. */
public final class CodeRequests implements Requests {
    /** A verification, and the code that was sent for it. */
    public record Sent(String verification, String code) {}

    private static final String ID = "i".repeat(36);
    private static final String CODE = "c".repeat(6);
    private static final int ACCEPTED = 202;
    private static final int CHECKED = 200;

    private final MessageRequests issues;
    private final byte[] check;
    private final int idAt;
    private final int codeAt;
    /** One after the other: id and code. */
    private final byte[] sent;

    private int checks;
    private boolean checksNext;

    /** {@code sent} are used up one by one; more checks than that find theirs used. */
    public CodeRequests(String apiKey, String run, List<Sent> sent) {
        this.issues = MessageRequests.codes(apiKey, run);
        String body = "{\"code\":\"" + CODE + "\"}";
        String whole = "POST /v1/verifications/" + ID + "/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + apiKey + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        this.check = whole.getBytes(StandardCharsets.US_ASCII);
        this.idAt = whole.indexOf(ID);
        this.codeAt = whole.indexOf(CODE);
        this.sent = new byte[sent.size() * (ID.length() + CODE.length())];
        ByteBuffer all = ByteBuffer.wrap(this.sent);
        sent.forEach(one -> all.put((one.verification() + one.code()).getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void next(ByteBuffer out) {
        if (checksNext) {
            int each = ID.length() + CODE.length();
            int from = checks++ * each % sent.length;
            System.arraycopy(sent, from, check, idAt, ID.length());
            System.arraycopy(sent, from + ID.length(), check, codeAt, CODE.length());
            ByteBuffer _ = out.put(check);
        } else {
            issues.next(out);
        }
        checksNext = !checksNext;
    }

    @Override
    public int messagesPerRequest() {
        return 1;
    }

    @Override
    public int acceptedStatus() {
        return ACCEPTED;
    }

    @Override
    public boolean accepts(int status) {
        return status == ACCEPTED || status == CHECKED;
    }
}
