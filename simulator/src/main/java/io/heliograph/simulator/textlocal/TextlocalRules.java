package io.heliograph.simulator.textlocal;

import io.heliograph.simulator.calls.Problem;
import io.heliograph.simulator.calls.Wanted;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a call asks for is well-formed. Recipients that are no numbers are sorted out one by one, not here. */
final class TextlocalRules {
    private static final int CHARACTERS_MAX = 766;
    private static final int NUMBERS_MAX = 10_000;
    private static final Pattern SENDER = Pattern.compile("[A-Za-z0-9 ]{3,11}|[0-9]{3,15}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private TextlocalRules() {}

    /** The first thing that is wrong, or null. */
    static @Nullable Problem check(TextlocalRequest request, long nowMillis) {
        int code = recipients(request);
        code = code == 0 ? texts(request) : code;
        code = code == 0 ? schedule(request.option("schedule_time"), nowMillis) : code;
        code = code == 0 ? sender(request.option("sender")) : code;
        return code == 0 ? null : TextlocalReplies.problem(code);
    }

    private static int recipients(TextlocalRequest request) {
        if (request.options() == null) {
            return 15;
        }
        boolean group = !request.bulk() && request.option("group_id") != null;
        if (group) {
            return request.wanted().isEmpty() ? 10 : 34;
        }
        if (request.wanted().isEmpty()) {
            return 4;
        }
        return request.wanted().size() > NUMBERS_MAX ? 33 : 0;
    }

    private static int texts(TextlocalRequest request) {
        for (Wanted wanted : request.wanted()) {
            if (wanted.body().isEmpty()) {
                return 5;
            }
            if (wanted.body().length() > CHARACTERS_MAX) {
                return 6;
            }
        }
        return 0;
    }

    private static int schedule(@Nullable String time, long nowMillis) {
        if (time == null) {
            return 0;
        }
        if (!SECONDS.matcher(time).matches()) {
            return 8;
        }
        return Long.parseLong(time) * 1_000 < nowMillis ? 9 : 0;
    }

    private static int sender(@Nullable String sender) {
        if (sender == null) {
            return 44;
        }
        return SENDER.matcher(sender).matches() ? 0 : 43;
    }
}
