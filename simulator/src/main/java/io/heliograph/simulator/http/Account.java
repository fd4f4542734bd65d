package io.heliograph.simulator.http;

import io.heliograph.contract.TwilioSignature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** The one account: who may call, and what signs its callbacks. */
public final class Account {
    private static final String BASIC = "Basic ";
    private static final int SID_LENGTH = 34;
    private static final Pattern API_KEY = Pattern.compile("SK[0-9a-fA-F]{32}");

    private final String sid;
    private final String authToken;
    private final String authorization;
    private final TwilioSignature signature;

    public Account(String sid, String authToken) {
        this.sid = sid;
        this.authToken = authToken;
        this.authorization =
                BASIC + Base64.getEncoder().encodeToString((sid + ':' + authToken).getBytes(StandardCharsets.UTF_8));
        this.signature = new TwilioSignature(authToken);
    }

    public String sid() {
        return sid;
    }

    /** The account itself, or any API key (SK and 32 hexadecimal digits) with the account's token as its secret. */
    public boolean admits(String authorizationHeader) {
        return authorization.equals(authorizationHeader) || admitsKey(authorizationHeader);
    }

    private boolean admitsKey(String header) {
        try {
            String text = header.startsWith(BASIC) ? header.substring(BASIC.length()) : "";
            String pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            return pair.length() > SID_LENGTH
                    && API_KEY.matcher(pair.substring(0, SID_LENGTH)).matches()
                    && pair.substring(SID_LENGTH).equals(':' + authToken);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public TwilioSignature signature() {
        return signature;
    }
}
