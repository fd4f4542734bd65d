package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.base.Reader;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twilio's own Java SDK, which has no setting for its host, through a proxy that ends TLS. */
class TwilioOverTlsTest {
    private static final PhoneNumber TO = new PhoneNumber("+15005550010");
    private static final PhoneNumber FROM = new PhoneNumber("+15005550006");

    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void creates_and_lists_over_pages_under_the_proxys_name() throws Exception {
        try (TlsProxy proxy = new TlsProxy(gateway.port())) {
            TwilioRestClient sdk = sdk(proxy);

            List<String> created = List.of(create(sdk), create(sdk), create(sdk));

            Reader<Message> reader = Message.reader().pageSize(2);
            assertThat(StreamSupport.stream(reader.read(sdk).spliterator(), false)
                            .map(Message::getSid))
                    .containsExactlyElementsOf(created.reversed());
        }
    }

    private static String create(TwilioRestClient sdk) {
        return Message.creator(TO, FROM, "Hello").create(sdk).getSid();
    }

    private static TwilioRestClient sdk(TlsProxy proxy) throws Exception {
        TwilioAccount account = TwilioAccount.of(gateway);
        // What docs/operations.md tells to change.
        HttpHost host = new HttpHost("https", "localhost", proxy.port());
        HttpClientBuilder http = HttpClientBuilder.create()
                .setRoutePlanner((twilio, context) -> new HttpRoute(host, null, true))
                .addRequestInterceptorFirst((request, entity, context) -> request.setAuthority(new URIAuthority(host)));
        // Its certificate is nobody's but the test's.
        http.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(proxy.trust()))
                .build());
        return new TwilioRestClient.Builder(account.sid(), account.token())
                .httpClient(new NetworkHttpClient(http))
                .build();
    }
}
