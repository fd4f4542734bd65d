package io.heliograph.simulator.textlocal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.heliograph.simulator.calls.Segments;
import io.heliograph.simulator.calls.Taken;
import io.heliograph.simulator.calls.Wanted;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Answer;
import java.util.List;

/** Writes a success: credits as whole numbers or, as since the move to Webex Interact, with a fraction. */
final class TextlocalJson {
    private static final long BATCHES_BEFORE = 500_000_000;
    private static final long CREDITS = 1_000_000;

    private final TextlocalRequest request;
    private final Taken taken;
    private final List<Integer> fine;
    private final String fraction;

    TextlocalJson(TextlocalRequest request, Taken taken) {
        this.request = request;
        this.taken = taken;
        this.fine = taken.fine();
        this.fraction = taken.asking().scene().script().textlocalFractions() ? ".0" : "";
    }

    static long balance(long accepted) {
        return CREDITS - accepted;
    }

    /** What became of one message. */
    static String status(String id, Message message) {
        Message.State state = message.state();
        return new JsonText()
                .raw("{\"message\":{\"id\":")
                .raw(id)
                .raw(",\"recipient\":")
                .raw(message.content().to().substring(1))
                .raw(",\"type\":\"sms\",\"status\":")
                .string(TextlocalReceipts.word(state.status()))
                .raw(",\"date\":")
                .string(TextlocalReceipts.time(state.updatedAt()))
                .raw("},\"status\":\"success\"}")
                .toString();
    }

    String send() {
        JsonText text = new JsonText();
        if (fine.size() < taken.entries().size()) {
            text.raw("{\"warnings\":[");
            warnings(text);
            text.raw("],");
        } else {
            text.raw("{");
        }
        batch(text, fine);
        return text.raw(",\"status\":\"success\"}").toString();
    }

    /** Each message is a batch of its own. */
    String bulk() {
        long after = balance();
        int cost = fine.stream().mapToInt(this::cost).sum();
        JsonText text = new JsonText().raw("{\"balance_pre_send\":");
        amount(text, request.isTest() ? after : after + fine.size()).raw(",\"total_cost\":");
        amount(text, cost).raw(",\"balance_post_send\":");
        amount(text, after).raw(",\"messages\":[");
        String separator = "{";
        for (int index : fine) {
            batch(text.raw(separator), List.of(index));
            text.raw("}");
            separator = ",{";
        }
        text.raw("],\"messages_not_sent\":[");
        notSent(text);
        return text.raw("],\"status\":\"success\"}").toString();
    }

    private void batch(JsonText text, List<Integer> indices) {
        int first = indices.getFirst();
        String body = wanted(first).body();
        text.raw("\"test_mode\":").raw(Boolean.toString(request.isTest())).raw(",\"balance\":");
        amount(text, balance()).raw(",\"batch_id\":");
        text.raw(BATCHES_BEFORE + taken.entries().get(first).sequence()).raw(",\"cost\":");
        amount(text, indices.stream().mapToInt(this::cost).sum());
        text.raw(",\"num_messages\":").raw(indices.size()).raw(",\"message\":{\"num_parts\":");
        text.raw(Segments.count(body)).raw(",\"sender\":").string(request.option("sender"));
        text.raw(",\"content\":").string(body).raw("},\"receipt_url\":").string(orEmpty("receipt_url"));
        text.raw(",\"custom\":").string(orEmpty("custom")).raw(",\"messages\":[");
        String separator = "";
        for (int index : indices) {
            text.raw(separator)
                    .raw("{\"id\":\"")
                    .raw(taken.ledger().ids().number(taken.entries().get(index)));
            text.raw("\",\"recipient\":").raw(wanted(index).to().substring(1)).raw("}");
            separator = ",";
        }
        text.raw("]");
    }

    private void warnings(JsonText text) {
        String separator = "";
        for (int i = 0; i < taken.entries().size(); i++) {
            if (!taken.isFine(i)) {
                boolean scripted = taken.behaviour().messages().get(i).refusal() instanceof Answer.Refused;
                text.raw(separator).raw("{\"code\":").raw(scripted ? code(i) : 3);
                text.raw(",\"message\":").string(scripted ? message(i) : "Invalid number");
                text.raw(",\"numbers\":").string(wanted(i).given()).raw("}");
                separator = ",";
            }
        }
    }

    private void notSent(JsonText text) {
        String separator = "";
        for (int i = 0; i < taken.entries().size(); i++) {
            if (!taken.isFine(i)) {
                text.raw(separator)
                        .raw("{\"unique_id\":\"\",\"number\":")
                        .string(wanted(i).given());
                text.raw(",\"message\":").string(wanted(i).body()).raw(",\"error\":");
                TextlocalReplies.error(text, code(i), message(i));
                text.raw("}");
                separator = ",";
            }
        }
    }

    private int code(int index) {
        return taken.behaviour().messages().get(index).refusal() instanceof Answer.Refused refused
                ? refused.code()
                : TextlocalReplies.INVALID_NUMBER;
    }

    private String message(int index) {
        return taken.behaviour().messages().get(index).refusal() instanceof Answer.Refused refused
                        && refused.message() != null
                ? refused.message()
                : TextlocalReplies.problem(code(index)).message();
    }

    @CanIgnoreReturnValue
    private JsonText amount(JsonText text, long credits) {
        return text.raw(credits).raw(fraction);
    }

    private long balance() {
        return balance(taken.ledger().accepted(Provider.TEXTLOCAL));
    }

    private int cost(int index) {
        return Segments.count(wanted(index).body());
    }

    private Wanted wanted(int index) {
        return taken.asking().wanted().get(index);
    }

    private String orEmpty(String name) {
        String value = request.option(name);
        return value == null ? "" : value;
    }
}
