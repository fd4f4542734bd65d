package io.heliograph.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many readers of the stream of events on one selector; they count what they are told, and remember nothing. */
public final class StreamReaders implements AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;
    private static final int WAIT_MILLIS = 10;

    /** What one reader has seen of a word: how often, and how much of it at the end of what was read last. */
    private static final class Reader {
        private int matched;
    }

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private long ended;

    private StreamReaders(Selector selector) {
        this.selector = selector;
    }

    public static StreamReaders open(int port, String apiKey, int number) throws IOException {
        StreamReaders readers = new StreamReaders(Selector.open());
        byte[] request = ("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + apiKey + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < number; i++) {
            readers.connect(port, request);
        }
        return readers;
    }

    private void connect(int port, byte[] request) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channels.add(channel);
        int _ = channel.write(ByteBuffer.wrap(request));
        channel.configureBlocking(false);
        SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, new Reader());
    }

    /** Reads until the word has come so often in all, or the time has passed; answers how often it came. */
    public long await(String word, long times, Duration timeMax) throws IOException {
        byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
        long deadline = System.nanoTime() + timeMax.toNanos();
        long[] found = {0};
        while (found[0] < times && System.nanoTime() < deadline) {
            int _ = selector.select(key -> found[0] += read(key, letters), WAIT_MILLIS);
        }
        return found[0];
    }

    /** Streams that are over. */
    public long ended() {
        return ended;
    }

    private int read(SelectionKey key, byte[] word) {
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                ended++;
                key.cancel();
            }
        } catch (IOException e) {
            ended++;
            key.cancel();
        }
        buffer.flip();
        Reader reader = (Reader) key.attachment();
        int found = 0;
        while (buffer.hasRemaining()) {
            byte letter = buffer.get();
            // Good enough for words that do not begin twice within themselves.
            reader.matched = letter == word[reader.matched] ? reader.matched + 1 : letter == word[0] ? 1 : 0;
            if (reader.matched == word.length) {
                found++;
                reader.matched = 0;
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
