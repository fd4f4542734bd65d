package io.heliograph.gateway;

/** Events put straight into the database, as another process would. */
final class TestEvents {
    private TestEvents() {}

    /** Of the first account, told apart by their number. */
    static String insert(int from, int to) {
        return insert("consent.changed", "jsonb_build_object('number', n)", from, to);
    }

    static String insert(String type, String data, int from, int to) {
        return "INSERT INTO event (id, account_id, type, occurred_at, data) SELECT uuid_v7_now(), 1, '" + type
                + "', now(), " + data + " FROM generate_series(" + from + ", " + to + ") n";
    }
}
