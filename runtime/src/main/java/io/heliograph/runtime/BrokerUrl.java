package io.heliograph.runtime;

import io.vertx.rabbitmq.RabbitMQOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the AMQP 0-9-1 broker is. Prints without its password. */
public record BrokerUrl(String host, int port, String user, String password, String virtualHost, boolean tls) {
    public static BrokerUrl parse(String text) {
        URI uri = URI.create(text);
        String scheme = uri.getScheme();
        if ((!"amqp".equals(scheme) && !"amqps".equals(scheme)) || uri.getHost() == null) {
            throw new IllegalArgumentException("Not an AMQP URL");
        }
        boolean tls = "amqps".equals(scheme);
        String[] login = uri.getRawUserInfo() == null
                ? new String[] {"guest", "guest"}
                : uri.getRawUserInfo().split(":", 2);
        String path = uri.getRawPath();
        int port = uri.getPort() < 0 ? (tls ? 5671 : 5672) : uri.getPort();
        return new BrokerUrl(
                uri.getHost(),
                port,
                decode(login[0]),
                login.length > 1 ? decode(login[1]) : "",
                path == null || path.length() < 2 ? "/" : decode(path.substring(1)),
                tls);
    }

    /** One connection, without the client's own recovery: whoever owns it opens a new one, which is simpler to trust. */
    public RabbitMQOptions options(String connectionName) {
        RabbitMQOptions options = new RabbitMQOptions();
        options.setHost(host);
        options.setPort(port);
        options.setUser(user);
        options.setPassword(password);
        options.setVirtualHost(virtualHost);
        options.setSsl(tls);
        options.setConnectionName(connectionName);
        options.setAutomaticRecoveryEnabled(false);
        options.setReconnectAttempts(0);
        options.setConnectionTimeout(3_000);
        options.setHandshakeTimeout(5_000);
        options.setRequestedHeartbeat(5);
        return options;
    }

    /** What {@link #parse} reads back: the URL with its password, for handing on and never for a log. */
    public String withPassword() {
        return (tls ? "amqps" : "amqp") + "://" + encode(user) + ":" + encode(password) + "@" + host + ":" + port
                // To other clients a lone slash is the virtual host without a name.
                + (virtualHost.equals("/") ? "" : "/" + encode(virtualHost));
    }

    @Override
    public String toString() {
        return (tls ? "amqps" : "amqp") + "://" + user + ":***@" + host + ":" + port + "/" + virtualHost;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
