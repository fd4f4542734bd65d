package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.preferences.PreferenceStore.Known;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /p/{token}}: a person's own switches, for whoever has the link. A form of HTML and nothing else. */
public final class PreferencePage {
    /** How its paths begin. */
    public static final String PATHS = "/p/";

    public static final int BODY_BYTES_MAX = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Catalog catalog;
    private final PreferenceStore store;
    private final LinkStore links;
    private final PageView view;

    public PreferencePage(Catalog catalog, Pool readPool) {
        this.catalog = catalog;
        this.store = new PreferenceStore(readPool);
        this.links = new LinkStore(readPool);
        this.view = PageView.read();
    }

    public void mount(Router router, Answers answers) {
        router.route(PATHS + "*").handler(PreferencePage::formsOnly);
        router.route(PATHS + "*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        new Resource(router, answers, PATHS + ":token")
                .get(this::show)
                .post(this::save)
                .andNothingElse();
    }

    /** What browsers send of this page. Anything else stays what it is, and is no form. */
    private static void formsOnly(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type != null && !type.strip().toLowerCase(Locale.ROOT).startsWith(FORM)) {
            MultiMap _ = context.request().headers().remove("Content-Type");
        }
        context.next();
    }

    private Future<Answer> show(RoutingContext context) {
        boolean isSaved = context.request().getParam("saved") != null;
        return known(context)
                .map(known ->
                        new Answer(200, PageView.HEADERS, Buffer.buffer(view.html(known, switches(known), isSaved))));
    }

    /** Only what the person has changed on the page is stored: what stands there by itself goes on standing by itself. */
    private Future<Answer> save(RoutingContext context) {
        MultiMap form = context.request().formAttributes();
        return known(context)
                .compose(known -> store.change(known.accountId(), known.userId(), changes(form, switches(known))))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(_ -> new Answer(303, PageView.HEADERS, Buffer.buffer()).with("Location", "?saved=1"));
    }

    private static Map<Switch, Optional<Boolean>> changes(MultiMap form, Switches switches) {
        Map<Switch, Optional<Boolean>> changes = new LinkedHashMap<>();
        for (Switch one : switches.on().keySet()) {
            String shown = form.get(PageView.shownName(one));
            boolean isOn = form.contains(PageView.name(one));
            if (shown != null && isOn != shown.equals(PageView.ON)) {
                Optional<Boolean> _ = changes.put(one, Optional.of(isOn));
            }
        }
        return changes;
    }

    private Future<Known> known(RoutingContext context) {
        String token = context.pathParam("token");
        if (!TOKEN.matcher(token).matches()) {
            throw noSuchPage().exception();
        }
        return links.find(new Token(token).hash()).compose(owner -> {
            if (owner == null) {
                throw noSuchPage().exception();
            }
            Future<@Nullable Known> read =
                    catalog.ready(owner.accountId()).compose(ready -> store.read(owner.accountId(), owner.userId()));
            return read.map(known -> {
                if (known == null) {
                    throw noSuchPage().exception();
                }
                return known;
            });
        });
    }

    private Switches switches(Known known) {
        return Switches.of(catalog.types(known.accountId()), known.set(), known.agreed());
    }

    private static Problem noSuchPage() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such page, or its link is not good any more.");
    }
}
