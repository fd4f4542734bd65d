package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.LogGuard;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancel and a claim meet at the same row: one of them wins, and the answer says which. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class CancelRaceTest {
    private static final int MESSAGES = 200;

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    CancelRaceTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void a_message_is_either_canceled_and_never_sent_or_sent_once() throws Exception {
        try (House house = House.start(kind.shared())) {
            List<String> canceled = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
                List<Future<String>> races = IntStream.range(0, MESSAGES)
                        .mapToObj(i -> threads.submit(() -> sendAndCancel(house)))
                        .toList();
                for (Future<String> race : races) {
                    if (!race.get().isEmpty()) {
                        canceled.add(race.get());
                    }
                }
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> house.rows().messages("delivered") == MESSAGES - canceled.size());

            assertThat(house.rows().messages("canceled")).isEqualTo(canceled.size());
            assertThat(canceled)
                    .allSatisfy(id -> assertThat(house.simulator().ofMessage(id).received())
                            .isZero());
            assertThat(house.simulator().summary().accepted()).isEqualTo(MESSAGES - canceled.size());
            assertThat(house.rows().promises()).isZero();
            assertBalanced(house);
        }
    }

    /** Answers the id when it was canceled, and nothing when the claim was faster. */
    private static String sendAndCancel(House house) {
        String id = house.api().send(Numbers.next(), House.TEXT);
        // From before the relay has seen it to after it is sent.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(40_000_000));
        HttpResponse<String> answer = house.api().post("/v1/messages/" + id + "/cancel", new JsonObject());
        assertThat(answer.statusCode()).isIn(200, 409);
        return answer.statusCode() == 200 ? id : "";
    }
}
