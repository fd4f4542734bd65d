package io.heliograph.gateway.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is wrong with a request.
 *
 * @param told in the order of their finding
 * @param untold how many more there are
 */
public record Mistakes(List<FieldMistake> told, int untold) {
    public Mistakes {
        told = List.copyOf(told);
    }

    public boolean isEmpty() {
        return told.isEmpty();
    }

    public Mistakes and(Mistakes others) {
        return new Mistakes(Stream.concat(told.stream(), others.told.stream()).toList(), untold + others.untold);
    }
}
