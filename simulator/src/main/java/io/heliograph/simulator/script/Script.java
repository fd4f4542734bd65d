package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force. For each part of a behaviour the most specific rule that says something about it decides: an
 * exact number before a longer suffix before a shorter one before everybody; then one that names the sender, then one
 * that names the provider; among
 * equals the first.
 */
public final class Script {
    /** What the script says of one provider alone. */
    record Peculiarities(@Nullable Webhook fast2smsWebhook, boolean textlocalFractions) {
        static final Peculiarities NONE = new Peculiarities(null, false);
    }

    static final Script EMPTY = new Script(Map.of(), List.of(), Peculiarities.NONE, 0);

    private final Map<Provider, Limits> limits;
    private final List<Rule> rules;
    private final Peculiarities peculiarities;
    private final long startedAt;

    /** Each provider is held to its limits by itself; the rules' stretches of time begin at the start. */
    Script(Map<Provider, Limits> limits, List<Rule> rules, Peculiarities peculiarities, long startedAt) {
        this.limits = limits;
        this.rules = rules.stream()
                .sorted((one, other) -> Rule.Scope.MOST_SPECIFIC_FIRST.compare(one.scope(), other.scope()))
                .toList();
        this.peculiarities = peculiarities;
        this.startedAt = startedAt;
    }

    public Limits limits(Provider provider) {
        return limits.getOrDefault(provider, Limits.NONE);
    }

    /** Where Fast2SMS sends its reports; null when the script does not say. */
    public @Nullable Webhook fast2smsWebhook() {
        return peculiarities.fast2smsWebhook;
    }

    /** True when Textlocal's credits are no whole numbers. */
    public boolean textlocalFractions() {
        return peculiarities.textlocalFractions;
    }

    /** What to do with a call for one message to this recipient. The identity is what the caller calls the message. */
    public Behaviour behaviour(Moment moment, String to, @Nullable String identity, RandomGenerator random) {
        Behaviour scripted = rules.isEmpty() ? Behaviour.NORMAL : scripted(moment, to, identity, random);
        Limits held = limits(moment.provider());
        return held.exceeded(moment, 1) ? scripted.answering(held.exceeded()) : scripted;
    }

    /** What to do with a call for messages to these recipients. */
    public CallBehaviour behaviour(
            Moment moment, List<String> recipients, @Nullable String identity, RandomGenerator random) {
        CallBehaviour scripted = rules.isEmpty()
                ? CallBehaviour.normal(recipients.size())
                : new CallDecision(inForce(moment), random).decide(recipients, identity);
        Limits held = limits(moment.provider());
        return held.exceeded(moment, recipients.size()) ? scripted.answering(held.exceeded()) : scripted;
    }

    /** What to do with a call that asks for no message: only rules that mean every call have a say. */
    public Behaviour behaviourOfOther(Moment moment, RandomGenerator random) {
        Parts parts = new Parts();
        for (Rule rule : rules) {
            if (rule.scope().everyCall() && isInForce(rule, moment) && rule.takes("", null, random)) {
                parts.add(rule);
            }
        }
        return parts.behaviour();
    }

    private Behaviour scripted(Moment moment, String to, @Nullable String identity, RandomGenerator random) {
        Parts parts = new Parts();
        for (Rule rule : rules) {
            if (isInForce(rule, moment) && rule.takes(to, identity, random)) {
                parts.add(rule);
            }
        }
        return parts.behaviour();
    }

    private List<Rule> inForce(Moment moment) {
        return rules.stream().filter(rule -> isInForce(rule, moment)).toList();
    }

    private boolean isInForce(Rule rule, Moment moment) {
        return rule.scope().includes(moment, moment.nowMillis() - startedAt);
    }
}
