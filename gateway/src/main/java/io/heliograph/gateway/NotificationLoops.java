package io.heliograph.gateway;

import io.heliograph.gateway.notifications.campaigns.care.CareForCampaigns;
import io.heliograph.gateway.notifications.campaigns.expansion.ExpandChunk;
import io.heliograph.gateway.notifications.catalog.AccountCatalogs;
import io.heliograph.gateway.notifications.erasure.UnfinishedErasures;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreams;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.ReleaseStore;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.runtime.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a gateway does over and over for users and what they are told. */
final class NotificationLoops {
    private static final Duration KEY_REFRESH_INTERVAL = Duration.ofSeconds(2);
    /** What is published anywhere is in force everywhere after this and a read. */
    private static final Duration CATALOG_REFRESH_INTERVAL = Duration.ofSeconds(1);
    /** Less than the ten seconds for which an erasure stays open, by as much as a statement may take. */
    private static final Duration ERASED_INTERVAL = Duration.ofSeconds(1);

    private static final Duration DIGEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration INBOX_PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration INBOX_PAUSE_MAX = Duration.ofMillis(200);
    private static final Duration CAP_COUNTS_INTERVAL = Duration.ofMinutes(10);

    /** The processor of the database and ours have something to do at the same time. */
    private static final int CHUNKS_AT_ONCE = 2;

    private static final Duration CAMPAIGNS_PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration CAMPAIGNS_PAUSE_MAX = Duration.ofMillis(500);
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration FOLD_INTERVAL = Duration.ofSeconds(2);
    private static final Duration PRUNE_PAUSE_MAX = Duration.ofSeconds(5);

    private NotificationLoops() {}

    /** Of campaigns. */
    static List<Loop> of(ExpandChunk expand, CareForCampaigns care) {
        List<Loop> loops = new ArrayList<>();
        for (int i = 1; i <= CHUNKS_AT_ONCE; i++) {
            loops.add(Loop.start(
                    "expand-campaigns-" + i,
                    CAMPAIGNS_PAUSE_MIN,
                    CAMPAIGNS_PAUSE_MAX,
                    () -> expand.runOnce().await(20, TimeUnit.SECONDS)));
        }
        loops.add(Loop.start(
                "care-for-campaigns",
                CAMPAIGNS_PAUSE_MIN,
                CAMPAIGNS_PAUSE_MAX,
                () -> care.runOnce().await(20, TimeUnit.SECONDS)));
        loops.add(Loop.every(
                "fold-campaign-counts", FOLD_INTERVAL, () -> care.fold().await(20, TimeUnit.SECONDS)));
        loops.add(Loop.every("count-campaigns", COUNT_INTERVAL, () -> {
            Object _ = care.count().await(20, TimeUnit.SECONDS);
            return 0;
        }));
        loops.add(Loop.start(
                "prune-audiences",
                FOLD_INTERVAL,
                PRUNE_PAUSE_MAX,
                () -> care.prune().await(20, TimeUnit.SECONDS)));
        return loops;
    }

    static List<Loop> of(
            AccountSettings settings,
            AccountCatalogs catalogs,
            OneTimeCodes codes,
            ReleaseStore digests,
            InboxStreams inboxes,
            ErasedPersons erased,
            UnfinishedErasures erasures) {
        return List.of(
                Loop.every("refresh-erased-persons", ERASED_INTERVAL, () -> {
                    Void _ = erased.refresh().await(5, TimeUnit.SECONDS);
                    return 0;
                }),
                Loop.start(
                        "finish-erasures",
                        ERASED_INTERVAL,
                        ERASED_INTERVAL,
                        () -> erasures.runOnce().await(30, TimeUnit.SECONDS)),
                Loop.every(
                        "refresh-catalogs",
                        CATALOG_REFRESH_INTERVAL,
                        () -> catalogs.refresh().await(5, TimeUnit.SECONDS)),
                Loop.every(
                        "refresh-verification-keys",
                        KEY_REFRESH_INTERVAL,
                        () -> codes.refresh().await(5, TimeUnit.SECONDS)),
                Loop.every(
                        "refresh-settings",
                        KEY_REFRESH_INTERVAL,
                        () -> settings.refresh().await(5, TimeUnit.SECONDS)),
                Loop.start(
                        "release-digests",
                        DIGEST_INTERVAL,
                        DIGEST_INTERVAL,
                        () -> digests.runOnce().await(20, TimeUnit.SECONDS)),
                Loop.start(
                        "wake-inboxes",
                        INBOX_PAUSE_MIN,
                        INBOX_PAUSE_MAX,
                        () -> inboxes.wakeWhoseInboxChanged().await(5, TimeUnit.SECONDS)),
                Loop.every(
                        "drop-old-cap-counts",
                        CAP_COUNTS_INTERVAL,
                        () -> digests.dropOldCounts().await(20, TimeUnit.SECONDS)));
    }
}
