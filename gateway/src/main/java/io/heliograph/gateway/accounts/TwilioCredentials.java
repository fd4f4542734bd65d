package io.heliograph.gateway.accounts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows every account's sid and token for the Twilio-compatible API, in memory, as {@link ApiKeys} knows the keys. What another gateway
 * has changed takes effect with the next refresh.
 */
public final class TwilioCredentials {
    /** An SDK's token may do what its API can; the keys of an account are not managed there. */
    private static final Set<Scope> SCOPES = EnumSet.of(Scope.MESSAGES_WRITE, Scope.MESSAGES_READ);

    private record Known(Map<String, TwilioCredential> bySid, Map<Long, TwilioCredential> byAccount) {
        static Known of(List<TwilioCredential> all) {
            return new Known(
                    all.stream().collect(Collectors.toMap(TwilioCredential::accountSid, Function.identity())),
                    all.stream().collect(Collectors.toMap(TwilioCredential::accountId, Function.identity())));
        }
    }

    private final TwilioCredentialStore store;
    private volatile Known known = Known.of(List.of());

    public TwilioCredentials(Pool pool) {
        this.store = new TwilioCredentialStore(pool);
    }

    public Future<Integer> refresh() {
        return store.all().map(all -> {
            known = Known.of(all);
            return all.size();
        });
    }

    /** Who logs in with an account sid and its token; null when it is not the account's. */
    public @Nullable Caller find(String accountSid, String token) {
        TwilioCredential credential = known.bySid().get(accountSid);
        return credential == null || !credential.accepts(token) ? null : new Caller(credential.accountId(), SCOPES);
    }

    /** Null for an account that was made after the last refresh. */
    public @Nullable String sidOf(long accountId) {
        TwilioCredential credential = known.byAccount().get(accountId);
        return credential == null ? null : credential.accountSid();
    }

    Future<TwilioCredential> show(long accountId) {
        return store.of(accountId);
    }

    /** This gateway takes the new token at once, the others with their next refresh. */
    Future<TwilioCredential> rotate(long accountId, Duration overlap) {
        return store.rotate(accountId, overlap)
                .compose(rotated -> refresh().transform(_ -> Future.succeededFuture(rotated)));
    }
}
