package io.heliograph.torture.strike;

import java.io.IOException;
import java.util.List;

/** Something that can be killed and frozen, and that must come back by itself once it is started or thawed. */
public interface Victim {
    String POSTGRES = "postgresql";
    String BROKER = "rabbitmq";

    /** With a number when there are several. */
    String name();

    void kill() throws IOException;

    void wipe() throws IOException;

    void freeze() throws IOException;

    void thaw() throws IOException;

    /** After a kill; as whatever supervises it would, again and again until it stays up. */
    void start() throws IOException;

    /** Whether it does its work. */
    boolean isReady();

    /** Without which it cannot be ready. */
    List<Victim> needs();

    /** Ended without having been killed. */
    boolean hasDied();
}
