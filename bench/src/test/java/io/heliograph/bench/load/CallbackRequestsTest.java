package io.heliograph.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CallbackRequestsTest {
    private static final String PREFIX = "019ab000-1234-7000-8000-";

    @Test
    void are_signed_each_for_its_own_message_and_status() {
        CallbackRequests requests = new CallbackRequests("http://localhost:8080", PREFIX, 20);
        for (int i = 0; i < 40; i++) {
            String request = next(requests);

            assertThat(request)
                    .contains(
                            "?m=" + PREFIX + "%012x&a=1 ".formatted(i % 20),
                            "MessageStatus=" + (i < 20 ? "delivered" : "read"))
                    .doesNotContain("xxx", "~~~");
            assertThat(isSigned(request)).isTrue();
        }
        assertThatThrownBy(() -> next(requests)).isInstanceOf(NoSuchElementException.class);
    }

    private static String next(Requests requests) {
        ByteBuffer out = ByteBuffer.allocate(1_280);
        requests.next(out);
        return new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
    }

    private static boolean isSigned(String request) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            form.add(
                    field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        String target = request.split(" ", 3)[1];
        String signature = Pattern.compile(TwilioSignature.HEADER + ": (\\S+)")
                .matcher(request)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return new TwilioSignature(SimulatorAccount.AUTH_TOKEN)
                .matches("http://localhost:8080" + target, form, signature);
    }
}
