package io.heliograph.runtime;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Does the same with several things at the same time and returns when all of it is done: for what mostly waits, which a parallel stream does only as many
 * of as there are processors.
 */
public final class AtOnce {
    private AtOnce() {}

    /** Each on a virtual thread. The step throws nothing. */
    public static <T> void forEach(Collection<T> things, Consumer<T> step) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            things.forEach(thing -> threads.execute(() -> step.accept(thing)));
        }
    }
}
