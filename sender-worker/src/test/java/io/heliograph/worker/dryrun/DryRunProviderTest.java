package io.heliograph.worker.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Channel;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunProviderTest {
    private final DryRunProvider provider = new DryRunProvider("dry-run");

    @Test
    void takes_every_channel_in_one_call_with_an_id_for_each() {
        List<Outgoing> call = Arrays.stream(Channel.values())
                .map(channel -> Outgoings.ordinary().by(channel).build())
                .toList();

        List<Outcome> outcomes = provider.send(call);

        assertThat(call.stream().map(provider::callKey).distinct()).hasSize(1);
        assertThat(outcomes)
                .hasSize(call.size())
                .hasOnlyElementsOfType(Accepted.class)
                .doesNotHaveDuplicates();
        assertThat(provider.check()).isEqualTo(new Health.Up());
    }

    @Test
    void finds_what_it_took_without_having_remembered_it() {
        Outgoing outgoing = Outgoings.to("+15005550010");

        Outcome taken = provider.send(List.of(outgoing)).getFirst();

        assertThat(provider.find(outgoing)).isEqualTo(new LookUp.Found(((Accepted) taken).providerMessageId()));
    }
}
