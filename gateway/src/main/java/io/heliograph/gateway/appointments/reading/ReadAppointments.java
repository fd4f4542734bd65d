package io.heliograph.gateway.appointments.reading;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.appointments.changing.Which;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists visits, and shows one of them with all that has become of it. */
public final class ReadAppointments {
    private final ApiKeys apiKeys;
    private final Recipients recipients;
    private final ReadStore store;

    public ReadAppointments(ApiKeys apiKeys, Pool pool, Recipients recipients) {
        this.apiKeys = apiKeys;
        this.recipients = recipients;
        this.store = new ReadStore(pool);
    }

    public Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        AppointmentFilter filter = AppointmentFilter.read(context.queryParams(), recipients);
        return store.list(caller.accountId(), filter).map(rows -> Answer.ok(page(caller, rows, filter.limit())));
    }

    public Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        Which which = which(context, caller);
        return store.find(caller.accountId(), which.id(), which.bookingId())
                .map(ReadAppointments::required)
                .compose(row -> withWhatBecame(caller, row));
    }

    private Future<Answer> withWhatBecame(Caller caller, Row row) {
        UUID id = row.getUUID("id");
        return store.history(id)
                .compose(history -> store.reminders(id)
                        .map(reminders -> Answer.ok(
                                view(caller, row).put("history", history).put("reminders", reminders))));
    }

    /** As it is now, for whoever has changed it. */
    public Future<JsonObject> show(Caller caller, Which which) {
        return store.find(caller.accountId(), which.id(), which.bookingId()).map(row -> view(caller, required(row)));
    }

    /** What a path names. Throws the problem of what can be no visit. */
    public static Which which(RoutingContext context, Caller caller) {
        Which which = Which.of(caller.accountId(), context.pathParam("id"));
        if (which == null) {
            throw noSuchVisit().exception();
        }
        return which;
    }

    public static Problem noSuchVisit() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no appointment with this id or booking id.");
    }

    private static Row required(@Nullable Row row) {
        if (row == null) {
            throw noSuchVisit().exception();
        }
        return row;
    }

    private static JsonObject view(Caller caller, Row row) {
        return AppointmentView.of(caller, Appointment.of(row), Place.of(row));
    }

    private static JsonObject page(Caller caller, List<Row> rows, int limit) {
        JsonArray appointments = new JsonArray();
        rows.forEach(row -> appointments.add(view(caller, row)));
        String next = rows.size() < limit
                ? null
                : new AppointmentFilter.Cursor(
                                rows.getLast().getOffsetDateTime("starts_at"),
                                rows.getLast().getUUID("id"))
                        .text();
        return new JsonObject().put("appointments", appointments).put("next_cursor", next);
    }
}
