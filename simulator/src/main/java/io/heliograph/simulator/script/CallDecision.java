package io.heliograph.simulator.script;

import io.heliograph.simulator.script.CallBehaviour.OfMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a call for many messages. A rule for everybody that names an answer or a latency is about the call, and
 * decided once. Every other rule is about each recipient by itself: an error then refuses only that one, and any other
 * answer is the answer to the whole call, because there is only one.
 */
final class CallDecision {
    /** In their order, the ones that are for this provider and this time. */
    private final List<Rule> rules;

    private final RandomGenerator random;
    private final List<Rule> aboutCall = new ArrayList<>();
    private final Parts call = new Parts();
    private @Nullable Latency latency;
    private @Nullable Answer answer;

    CallDecision(List<Rule> rules, RandomGenerator random) {
        this.rules = rules;
        this.random = random;
    }

    CallBehaviour decide(List<String> recipients, @Nullable String identity) {
        for (Rule rule : rules) {
            if (rule.isForCall() && rule.takes("", identity, random)) {
                aboutCall.add(rule);
                call.addToCall(rule);
            }
        }
        List<OfMessage> messages = new ArrayList<>(recipients.size());
        for (String recipient : recipients) {
            messages.add(decide(recipient, identity));
        }
        return new CallBehaviour(
                Objects.requireNonNullElse(latency == null ? call.latency() : latency, Latency.NONE),
                answer(messages),
                messages);
    }

    private OfMessage decide(String recipient, @Nullable String identity) {
        Parts own = new Parts();
        for (Rule rule : rules) {
            if (rule.isForCall()) {
                if (aboutCall.contains(rule)) {
                    own.addToMessage(rule);
                }
            } else if (rule.takes(recipient, identity, random)) {
                own.add(rule);
            }
        }
        latency = latency == null ? own.latency() : latency;
        Answer said = own.answer();
        boolean refused = said instanceof Answer.Refused || said instanceof Answer.InvalidNumber;
        if (answer == null && said != null && !refused && !(said instanceof Answer.Created)) {
            answer = said;
        }
        return new OfMessage(refused ? said : null, own.behaviour());
    }

    private Answer answer(List<OfMessage> messages) {
        Answer whole = answer == null ? call.answer() : answer;
        if (whole != null && !(whole instanceof Answer.Created)) {
            return whole;
        }
        Answer first = messages.isEmpty() ? null : messages.getFirst().refusal();
        boolean all = messages.stream().allMatch(message -> message.refusal() instanceof Answer.Refused);
        return all && first != null ? first : Answer.CREATED;
    }
}
