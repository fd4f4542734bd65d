package io.heliograph.gateway.outbox;

/** Says where the promise of a new message goes: to its provider. */
@FunctionalInterface
public interface Topics {
    /** Not routed yet: a worker finds the way. */
    Topics UNROUTED = message -> message.channel().word();

    String of(NewMessage message);
}
