package io.heliograph.simulator;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.heliograph.contract.SimulatorAccount;

/** Twilio's own SDK, as it is, pointed at the simulator. */
final class TwilioClient {
    private TwilioClient() {}

    static TwilioRestClient of(Simulator simulator) {
        return of(simulator, SimulatorAccount.AUTH_TOKEN);
    }

    static TwilioRestClient of(Simulator simulator, String password) {
        return new TwilioRestClient.Builder(SimulatorAccount.ACCOUNT_SID, password)
                .httpClient(new Redirected(simulator.url()))
                .build();
    }

    private static final class Redirected extends NetworkHttpClient {
        private final String base;

        private Redirected(String base) {
            this.base = base;
        }

        @Override
        public Response makeRequest(Request request) {
            Request elsewhere =
                    new Request(request.getMethod(), request.getUrl().replace("https://api.twilio.com", base));
            elsewhere.setAuth(request.getUsername(), request.getPassword());
            request.getQueryParams()
                    .forEach((name, values) -> values.forEach(value -> elsewhere.addQueryParam(name, value)));
            request.getPostParams()
                    .forEach((name, values) -> values.forEach(value -> elsewhere.addPostParam(name, value)));
            request.getHeaderParams()
                    .forEach((name, values) -> values.forEach(value -> elsewhere.addHeaderParam(name, value)));
            elsewhere.setContentType(request.getContentType());
            elsewhere.setBody(request.getBody());
            elsewhere.setUserAgentExtensions(request.getUserAgentExtensions());
            return super.makeRequest(elsewhere);
        }
    }
}
