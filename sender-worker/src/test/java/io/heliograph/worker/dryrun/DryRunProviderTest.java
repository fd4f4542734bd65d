package io.heliograph.worker.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliograph.contract.Channel;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.Outgoings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

    @Test
    void writes_a_line_for_each_message_that_says_nothing_of_whom_it_is_for() {
        Logger logger = (Logger) LoggerFactory.getLogger(DryRunProvider.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        Outgoing sms = Outgoings.ordinary().saying("a".repeat(161)).build();
        Outgoing email = Outgoings.ordinary()
                .by(Channel.EMAIL)
                .recipient("ada@people.example")
                .build();

        List<Outcome> _ = provider.send(List.of(sms, email));

        boolean _ = logger.detachAppender(logged);
        assertThat(logged.list).hasSize(2).allMatch(event -> event.getLevel() == Level.INFO);
        assertThat(lines(logged))
                .containsExactly(
                        "message_id=" + sms.id() + " attempt=1 provider=dry-run channel=sms segments=2",
                        "message_id=" + email.id() + " attempt=1 provider=dry-run channel=email segments=0");
    }

    private static List<String> lines(ListAppender<ILoggingEvent> logged) {
        return logged.list.stream()
                .map(event -> event.getKeyValuePairs().stream()
                        .map(pair -> pair.key + "=" + pair.value)
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
