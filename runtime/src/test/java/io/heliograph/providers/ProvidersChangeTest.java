package io.heliograph.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvidersChangeTest {
    private static final Retries RETRY =
            new Retries(new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5)), Map.of());
    private static final Providers BEFORE = new Providers(
            Map.of("a", account("a", "t1", 1), "b", account("b", "t1", 1)), List.of(), FleetLimits.NONE, RETRY);

    @Test
    void names_what_is_different_and_no_secret() {
        Route route = new Route(Channel.SMS, "", Set.of(), Policy.ORDERED, List.of(new Leg("a", 1)));
        Providers after = new Providers(
                Map.of("a", account("a", "t2", 2), "c", account("c", "t1", 1)),
                List.of(route),
                new FleetLimits(null, 1.0, Map.of()),
                new Retries(
                        new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5)),
                        Map.of("acme", new RetryWish(3, null, null, null))));

        assertThat(ProvidersChange.between(BEFORE, after).words())
                .containsExactlyInAnyOrder(
                        "a: credentials and settings, limits", "c added", "b removed", "routes", "limits", "retry");
    }

    @Test
    void is_empty_when_nothing_is() {
        assertThat(ProvidersChange.between(BEFORE, BEFORE).words()).isEmpty();
    }

    private static ProviderAccount account(String name, String token, int concurrency) {
        return new ProviderAccount(
                name,
                new KindSettings.Plivo("http://localhost", "MA1", token),
                Set.of(Channel.SMS),
                new Senders(List.of()),
                new AccountLimits(null, concurrency, Duration.ofSeconds(1), 1),
                new Breaker(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), 50),
                PriceTable.NONE,
                null);
    }
}
