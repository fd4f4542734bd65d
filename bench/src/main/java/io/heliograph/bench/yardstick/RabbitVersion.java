package io.heliograph.bench.yardstick;

import com.rabbitmq.client.Connection;
import io.heliograph.testing.PrivateRabbit;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A broker says its version to everyone who connects. */
public final class RabbitVersion {
    private RabbitVersion() {}

    public static String of(PrivateRabbit rabbit) throws IOException, TimeoutException {
        try (Connection connection = rabbit.connect()) {
            return String.valueOf(connection.getServerProperties().get("version"));
        }
    }
}
