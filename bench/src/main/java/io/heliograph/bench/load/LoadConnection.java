package io.heliograph.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept connection with at most one request on it. */
final class LoadConnection implements AutoCloseable {
    private static final int REQUEST_BYTES_MAX = 262_144;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ResponseReader reader = new ResponseReader();
    private final ByteBuffer out;
    private long dueNanos;

    private LoadConnection(SocketChannel channel, Selector selector, int requestBytes) throws IOException {
        this.channel = channel;
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        this.out = ByteBuffer.allocateDirect(requestBytes);
    }

    static LoadConnection open(int port, Selector selector, int messagesPerRequest) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new LoadConnection(channel, selector, Math.min(1_024 + messagesPerRequest * 256, REQUEST_BYTES_MAX));
    }

    void send(Requests requests, long due) throws IOException {
        dueNanos = due;
        out.clear();
        requests.next(out);
        out.flip();
        write();
    }

    /** Writes and reads what can be; true when the response is complete. */
    boolean advance() throws IOException {
        if (key.isWritable()) {
            write();
        }
        return key.isReadable() && reader.read(channel);
    }

    int status() {
        return reader.status();
    }

    /** When the request on it should have been sent. */
    long dueNanos() {
        return dueNanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write() throws IOException {
        int _ = channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
