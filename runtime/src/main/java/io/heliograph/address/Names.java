package io.heliograph.address;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** The addresses of a host's name. */
public interface Names extends AutoCloseable {
    /** Fails when there are none. A literal address is its own. */
    Future<List<InetAddress>> resolve(String host);

    /** Lets go of what asks for them; nothing, unless somebody does. */
    @Override
    default void close() {}
}
