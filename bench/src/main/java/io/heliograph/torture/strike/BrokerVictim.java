package io.heliograph.torture.strike;

import com.rabbitmq.client.Connection;
import io.heliograph.testing.PrivateRabbit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/** RabbitMQ, which may forget everything. */
public record BrokerVictim(PrivateRabbit rabbit) implements Victim {
    @Override
    public String name() {
        return BROKER;
    }

    @Override
    public void kill() {
        rabbit.killHard();
    }

    @Override
    public void wipe() {
        rabbit.wipe();
    }

    @Override
    public void freeze() {
        rabbit.freeze();
    }

    @Override
    public void thaw() {
        rabbit.thaw();
    }

    @Override
    public void start() {
        try {
            rabbit.startAgain();
        } catch (ConditionTimeoutException e) {
            // On a machine that is too busy it gives up on itself, and a second try finds it half started.
            rabbit.killHard();
            rabbit.startAgain();
        }
    }

    @Override
    public boolean isReady() {
        try (Connection connection = rabbit.connect()) {
            return connection.isOpen();
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public List<Victim> needs() {
        return List.of();
    }

    @Override
    public boolean hasDied() {
        return !isReady();
    }
}
