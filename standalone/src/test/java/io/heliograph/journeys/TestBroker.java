package io.heliograph.journeys;

import io.heliograph.runtime.BrokerUrl;
import io.heliograph.standalone.embedded.EmbeddedBroker;
import io.heliograph.testing.PrivateRabbit;

/** A broker that a journey may ill-treat. */
sealed interface TestBroker extends AutoCloseable {
    BrokerUrl url();

    /** Gone without a word, and with it every queue and message. */
    void killAndWipe();

    /** Gone without a word; what it had on its disk is there when it comes back. */
    void kill();

    /** At the same address. */
    void startAgain();

    @Override
    void close();

    /** The embedded one, which has no disk. */
    record Qpid(EmbeddedBroker broker) implements TestBroker {
        @Override
        public BrokerUrl url() {
            return broker.url();
        }

        @Override
        public void killAndWipe() {
            broker.close();
        }

        @Override
        public void kill() {
            broker.close();
        }

        @Override
        public void startAgain() {
            broker.startAgain();
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    /** A process. */
    record Rabbit(PrivateRabbit rabbit) implements TestBroker {
        @Override
        public BrokerUrl url() {
            return rabbit.url();
        }

        @Override
        public void killAndWipe() {
            rabbit.wipe();
        }

        @Override
        public void kill() {
            rabbit.killHard();
        }

        @Override
        public void startAgain() {
            rabbit.startAgain();
        }

        @Override
        public void close() {
            rabbit.close();
        }
    }
}
