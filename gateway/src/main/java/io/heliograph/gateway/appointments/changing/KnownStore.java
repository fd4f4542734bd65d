package io.heliograph.gateway.appointments.changing;

import io.heliograph.gateway.appointments.changing.Known.DoctorKey;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what has to be known to book visits: of all of a group at once. */
final class KnownStore {
    private static final String PLACES = """
        SELECT p.* FROM unnest($1::bigint[], $2::text[]) AS asked (account_id, id)
        JOIN place p ON p.doctor_account_id = asked.account_id AND p.doctor_id = asked.id""";

    private KnownStore() {}

    static Future<Known> read(SqlClient client, List<NewAppointment> wanted) {
        List<DoctorKey> doctors = wanted.stream()
                .map(one -> new DoctorKey(one.accountId(), one.doctorId()))
                .distinct()
                .toList();
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(doctors.stream().map(DoctorKey::accountId).toArray(Long[]::new))
                .addArrayOfString(doctors.stream().map(DoctorKey::doctorId).toArray(String[]::new));
        return client.preparedQuery(PLACES).execute(parameters).compose(rows -> {
            Map<DoctorKey, Place> places = HashMap.newHashMap(rows.size());
            rows.forEach(row -> {
                Place place = Place.of(row);
                places.put(
                        new DoctorKey(place.doctor().accountId(), place.doctor().id()), place);
            });
            return users(client, users(wanted)).map(users -> new Known(places, users));
        });
    }

    private static Set<UserKey> users(List<NewAppointment> wanted) {
        return wanted.stream()
                .filter(one -> one.patient().userId() != null)
                .map(one -> new UserKey(one.accountId(), one.patient().userId()))
                .collect(Collectors.toSet());
    }

    static Future<Map<UserKey, UserFacts>> users(SqlClient client, Set<UserKey> users) {
        if (users.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Map<UserKey, Set<NotificationChannel>> asked = HashMap.newHashMap(users.size());
        users.forEach(user -> asked.put(user, Set.of()));
        return new FactsStore(client).read(asked);
    }
}
