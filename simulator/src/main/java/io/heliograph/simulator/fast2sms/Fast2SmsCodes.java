package io.heliograph.simulator.fast2sms;

import io.heliograph.simulator.calls.Problem;
import java.util.Map;
import java.util.TreeMap;

/** The codes of Fast2SMS. They look like HTTP's and are not: nearly all come with a 400. */
final class Fast2SmsCodes {
    private static final Map<Integer, String> WORDS = new TreeMap<>();

    static {
        WORDS.put(401, "Sender ID Missing");
        WORDS.put(402, "Message Text Missing");
        WORDS.put(403, "Route Missing");
        WORDS.put(404, "Language Missing");
        WORDS.put(405, "Numbers Missing");
        WORDS.put(406, "Invalid Sender ID");
        WORDS.put(407, "Invalid words used in message");
        WORDS.put(408, "Invalid Route");
        WORDS.put(409, "Invalid Route Authentication");
        WORDS.put(410, "Invalid Language");
        WORDS.put(411, "Invalid Numbers");
        WORDS.put(412, "Invalid Authentication, Check Authorization Key");
        WORDS.put(413, "Invalid Authentication, Authorization Key Disabled");
        WORDS.put(414, "IP is blacklisted from Dev API section");
        WORDS.put(415, "Account Disabled");
        WORDS.put(416, "You don't have sufficient wallet balance");
        WORDS.put(417, "Language: use english or unicode");
        WORDS.put(424, "Invalid Message ID");
        WORDS.put(425, "Invalid Template");
        WORDS.put(426, "Links are not allowed in variables");
        WORDS.put(500, "Template/Sender ID is blacklisted at DLT");
        WORDS.put(990, "You are using the old API; use the new one");
        WORDS.put(995, "Spamming detected (sending multiple SMS to the same number is not allowed)");
        WORDS.put(996, "Before using OTP Message API, complete KYC of DEV API");
        WORDS.put(997, "Only Numeric is allowed in variables values of OTP route");
        WORDS.put(998, "Use DLT or Quick SMS route for bulk SMS");
        WORDS.put(999, "You need to complete one transaction of 100 INR or more before using API route");
    }

    private Fast2SmsCodes() {}

    static Problem problem(int code) {
        return problem(code, WORDS.getOrDefault(code, "Error " + code));
    }

    static Problem problem(int code, String message) {
        return new Problem(code == 412 || code == 413 ? 401 : 400, code, message);
    }
}
