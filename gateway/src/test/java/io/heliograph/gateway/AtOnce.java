package io.heliograph.gateway;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many calls that are under way at the same time. */
final class AtOnce {
    private AtOnce() {}

    /** One of them, by its number. */
    interface Call<T> {
        T call(int number) throws Exception;
    }

    /** The answers, in the order of the numbers that the calls were given. */
    static <T> List<T> call(int times, Call<T> call) throws InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = IntStream.range(0, times)
                    .mapToObj(i -> (Callable<T>) () -> call.call(i))
                    .toList();
            return executor.invokeAll(calls).stream().map(AtOnce::result).toList();
        }
    }

    private static <T> T result(Future<T> ended) {
        if (ended.state() == Future.State.FAILED) {
            throw new AssertionError(ended.exceptionNow());
        }
        return ended.resultNow();
    }
}
