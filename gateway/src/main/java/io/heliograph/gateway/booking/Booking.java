package io.heliograph.gateway.booking;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.appointments.Appointments;
import io.heliograph.gateway.booking.hearing.Ears;
import io.heliograph.gateway.booking.lines.BookingRoutes;
import io.heliograph.gateway.booking.symptoms.AskedSymptoms;
import io.heliograph.gateway.booking.symptoms.SymptomModel;
import io.heliograph.gateway.booking.symptoms.SymptomRoutes;
import io.heliograph.gateway.booking.symptoms.Symptoms;
import io.heliograph.gateway.booking.symptoms.TabledSymptoms;
import io.heliograph.gateway.booking.talk.Converse;
import io.heliograph.gateway.booking.texts.Texts;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.turns.Answering;
import io.heliograph.gateway.turns.Dialog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a gateway has to let people book visits by writing. */
public final class Booking {
    /** Whoever comes back later begins anew, and is not told of it. */
    static final Duration KEPT_FOR = Duration.ofDays(1);

    private static final int FORGOTTEN_AT_ONCE_MAX = 1_000;

    private final Pool pool;
    private final Dialog dialog;

    /** {@code model} is null where there is none. */
    public Booking(
            Vertx vertx,
            Pool pool,
            Clock clock,
            @Nullable SymptomModel model,
            Appointments appointments,
            Answering answering) {
        this.pool = pool;
        Symptoms words = new TabledSymptoms(pool, clock);
        Symptoms symptoms = model == null ? words : new AskedSymptoms(vertx, model, words);
        this.dialog = new HoldConversation(
                new Converse(Ears.make(), Texts.read()),
                new Surroundings(appointments, symptoms, clock),
                appointments,
                answering);
    }

    public Dialog dialog() {
        return dialog;
    }

    /** Answers how many conversations that are over it has forgotten. */
    public Future<Integer> forget() {
        return ConversationStore.forget(pool, KEPT_FOR, FORGOTTEN_AT_ONCE_MAX);
    }

    /** The routes of one event loop. */
    public void mount(Router router, Answers answers, ApiKeys apiKeys, Function<String, @Nullable String> e164) {
        new BookingRoutes(apiKeys, pool, e164).mount(router, answers);
        new SymptomRoutes(apiKeys, pool).mount(router, answers);
    }
}
