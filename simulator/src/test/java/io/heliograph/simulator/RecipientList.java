package io.heliograph.simulator;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** So many numbers in one text. */
final class RecipientList {
    private RecipientList() {}

    static String of(int count, String separator) {
        return IntStream.range(0, count)
                .mapToObj(i -> "1500555" + "%04d".formatted(i))
                .collect(Collectors.joining(separator));
    }
}
