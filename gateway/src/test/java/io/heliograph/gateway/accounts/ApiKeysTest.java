package io.heliograph.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request with one of them gets, AuthorizationTest proves through HTTP. */
class ApiKeysTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void are_hashed_with_sha_256() {
        assertThat(HexFormat.of().formatHex(ApiKeys.hash("abc").getBytes()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void bootstrap_the_first_account_once_with_every_scope() throws Exception {
        Pool pool = Database.pool(vertx, TestDatabase.fresh(), "test", 1);
        ApiKeys keys = new ApiKeys(pool);

        keys.bootstrap("first").await(5, TimeUnit.SECONDS);
        keys.bootstrap("first").await(5, TimeUnit.SECONDS);
        keys.bootstrap("second").await(5, TimeUnit.SECONDS);

        Map<Buffer, Caller> found = AccountStore.allKeys(pool).await(5, TimeUnit.SECONDS);
        assertThat(found.keySet()).containsExactlyInAnyOrder(ApiKeys.hash("first"), ApiKeys.hash("second"));
        assertThat(found.values()).extracting(Caller::accountId).hasSize(2).containsOnly(1L);
        assertThat(found.values()).extracting(Caller::scopes).containsOnly(EnumSet.allOf(Scope.class));
    }

    @Test
    void leave_the_keys_as_they_are_when_none_is_configured() throws Exception {
        Pool pool = Database.pool(vertx, TestDatabase.fresh(), "test", 1);

        new ApiKeys(pool).bootstrap(null).await(5, TimeUnit.SECONDS);

        assertThat(AccountStore.allKeys(pool).await(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void are_kept_as_they_were_when_the_database_cannot_be_asked() throws Exception {
        Pool nowhere = Database.pool(vertx, DatabaseUrl.parse("postgresql://127.0.0.1:1/none"), "test", 1);

        assertThat(new ApiKeys(nowhere).refresh().otherwise(-1).await(10, TimeUnit.SECONDS))
                .isEqualTo(-1);
    }
}
