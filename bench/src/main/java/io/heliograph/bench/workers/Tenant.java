package io.heliograph.bench.workers;

import io.heliograph.bench.rig.Database;
import java.sql.SQLException;

/** A customer's account beside the one that every gateway begins with. */
record Tenant(String account, String apiKey) {
    private static final String OPEN = """
        INSERT INTO account (name) VALUES ('ACCOUNT') ON CONFLICT DO NOTHING;
        INSERT INTO api_key (key_hash, account_id, scopes)
        SELECT sha256('API_KEY'), id, '{messages:write}' FROM account WHERE name = 'ACCOUNT'
        ON CONFLICT DO NOTHING""";

    /** Gateways know it from their next start on. */
    static Tenant open(Database database, String account) throws SQLException {
        Tenant tenant = new Tenant(account, "hg_key_of_" + account);
        database.execute(OPEN.replace("ACCOUNT", account).replace("API_KEY", tenant.apiKey));
        return tenant;
    }
}
