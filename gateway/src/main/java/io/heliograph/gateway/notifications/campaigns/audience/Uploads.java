package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes audiences in, a few at a time: of the whole gateway. */
public final class Uploads {
    private static final String CSV = "text/csv";
    private static final Duration BODY_MAX = Duration.ofMinutes(15);

    /** Where rows go, and what reads their numbers. */
    record Into(AudienceStore store, Recipients recipients) {}

    private final Catalog catalog;
    private final Supplier<UUID> ids;
    private final Places places = new Places();

    public Uploads(Catalog catalog, Supplier<UUID> ids) {
        this.catalog = catalog;
        this.ids = ids;
    }

    /** The audience, once it is in force. What breaks off leaves the one before in force. */
    Future<Row> take(RoutingContext request, long accountId, Into into, Supplier<Future<Campaign>> campaign) {
        requireCsv(request);
        if (!places.enter(accountId)) {
            throw Problem.unavailable(
                            "This gateway takes as many audiences in as it may at once, or as one account may. Repeat it later.")
                    .exception();
        }
        HttpServerRequest paused = request.request().pause();
        Context context = request.vertx().getOrCreateContext();
        return campaign.get()
                .compose(found -> catalog.ready(found.accountId()).map(found))
                .compose(found -> take(paused, context, into, found))
                .onComplete(done -> {
                    places.leave(accountId);
                    // What is left of it is of no use to anybody.
                    context.runOnContext(over -> discard(paused));
                });
    }

    private static void discard(HttpServerRequest request) {
        if (!request.isEnded()) {
            HttpServerRequest _ = request.handler(rest -> {}).resume();
        }
    }

    private static void requireCsv(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        String encoding = request.request().getHeader("Content-Encoding");
        boolean isCsv = type != null && type.toLowerCase(Locale.ROOT).startsWith(CSV);
        if (!isCsv || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            throw Problem.of(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "An audience is sent as Content-Type: text/csv, in UTF-8, without Content-Encoding.")
                    .exception();
        }
    }

    private Future<Row> take(HttpServerRequest request, Context context, Into into, Campaign campaign) {
        campaign.status().require(Action.CHANGE);
        NotificationType type =
                catalog.type(campaign.accountId(), campaign.wish().type());
        if (campaign.isSearched() || type == null) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            type == null
                                    ? "The notification type of this campaign is no more."
                                    : "The audience of this campaign is looked for, and not uploaded.")
                    .exception();
        }
        UUID audienceId = ids.get();
        ReadUpload upload = new ReadUpload(into.store(), audienceId, campaign, type, into.recipients());
        return into.store()
                .begin(audienceId, campaign)
                .compose(begun -> read(request, context, upload))
                .compose(read -> into.store().finish(audienceId, campaign))
                .recover(failure -> into.store().drop(audienceId).transform(_ -> Future.failedFuture(failure)));
    }

    private static Future<Void> read(HttpServerRequest request, Context context, ReadUpload upload) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            Future<Void> _ = request.response().writeContinue();
        }
        Promise<Void> read = Promise.promise();
        context.runOnContext(begin -> {
            BodyPipe body = new BodyPipe(request, context, BODY_MAX);
            Thread _ = Thread.ofVirtual().name("read-audience").start(() -> {
                Future<Void> outcome = outcome(upload, body);
                context.runOnContext(back -> outcome.onComplete(read));
            });
        });
        return read.future();
    }

    private static Future<Void> outcome(ReadUpload upload, BodyPipe body) {
        try {
            upload.read(body);
            return Future.succeededFuture();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
