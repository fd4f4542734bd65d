package io.heliograph.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A proxy that ends TLS before a gateway, with a certificate for localhost; it takes no requests for hosts that are not its own. */
final class TlsProxy implements AutoCloseable {
    private static final String PASSWORD = "secret of the test";
    private static final int MISDIRECTED = 421;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final Path keys;
    private final int gatewayPort;
    private final HttpServer server;

    TlsProxy(int gatewayPort) throws Exception {
        this.gatewayPort = gatewayPort;
        this.keys = makeKeys();
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen(0, "localhost")
                .await(10, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    /** Of somebody who trusts nobody but this proxy. */
    SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("proxy", store.getCertificate("proxy"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() throws IOException, TimeoutException {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        Files.delete(keys);
    }

    private void handle(HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null || !host.host().equals("localhost")) {
            Future<Void> _ = request.response().setStatusCode(MISDIRECTED).end();
            return;
        }
        Future<Void> _ = request.body()
                .compose(body -> http.request(request.method(), gatewayPort, "localhost", request.uri())
                        .compose(out -> forward(request, out, body)));
    }

    private static Future<Void> forward(HttpServerRequest request, HttpClientRequest out, Buffer body) {
        out.headers().addAll(request.headers());
        out.putHeader("X-Forwarded-Proto", "https");
        return out.send(body)
                .compose(answer -> answer.body().compose(answered -> {
                    request.response()
                            .setStatusCode(answer.statusCode())
                            .headers()
                            .addAll(answer.headers());
                    return request.response().end(answered);
                }));
    }

    /** The JDK can make keys, but sign them only by its tool. */
    private static Path makeKeys() throws Exception {
        Path folder = Files.createDirectories(Path.of("target")).toAbsolutePath();
        Path keys = folder.resolve("tls-proxy-" + ProcessHandle.current().pid() + ".p12");
        Files.deleteIfExists(keys);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ChildProcess.Result result = ChildProcess.run(
                folder,
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "proxy",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=proxy",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD),
                Map.of(),
                60);
        if (result.exitCode() != 0) {
            throw new IllegalStateException("keytool failed: " + result.output());
        }
        return keys;
    }
}
