package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.verifications.VerificationRoutes.Commits;
import io.heliograph.gateway.notifications.verifications.checking.CheckStore;
import io.heliograph.gateway.notifications.verifications.codes.CodeKeys;
import io.heliograph.gateway.notifications.verifications.codes.Digits;
import io.heliograph.gateway.notifications.verifications.issuing.IssueStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;

/** What all event loops share to send and check codes. */
public final class OneTimeCodes {
    /** What else the gateway has of it. */
    public record Around(
            ApiKeys apiKeys,
            Pool readPool,
            Catalog catalog,
            Recipients recipients,
            Estimates estimates,
            Topics topics,
            ErasedPersons erased,
            AccountSettings accounts,
            Origins origins) {}

    private final VerificationSettings settings;
    private final CodeKeys keys;
    private final Digits digits = new Digits(new SecureRandom());
    private final CodeJournal journal;

    public OneTimeCodes(VerificationSettings settings, Pool readPool, PrometheusMeterRegistry registry) {
        this.settings = settings;
        this.keys = new CodeKeys(readPool, settings.key(), settings.previousKey());
        this.journal = new CodeJournal(registry);
    }

    /** Reads the keys, before the first code and now and then. */
    public Future<Integer> refresh() {
        return keys.refresh();
    }

    /** The routes of one event loop, to which {@code commitPool} belongs. */
    public VerificationRoutes routes(Around around, Pool commitPool, GroupCommit.Bounds bounds, Turns turns) {
        IssueStore issues = new IssueStore(commitPool, keys, around.topics(), around.erased());
        CheckStore checks = new CheckStore(commitPool);
        return new VerificationRoutes(
                around.apiKeys(),
                around.origins(),
                new VerificationFields(
                        around.recipients(),
                        around.catalog(),
                        digits,
                        around.estimates(),
                        account -> settings.limits()
                                .within(around.accounts().of(account).codeLimits()),
                        around.origins().ids()),
                new VerificationStore(around.readPool()),
                keys,
                new Commits(
                        new GroupCommit<>(bounds, turns, group -> journal.ofIssues(issues.commit(group))),
                        new GroupCommit<>(bounds, turns, group -> journal.ofChecks(checks.check(group)))));
    }
}
