package io.heliograph.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Just enough of HTTP/1.1 to know the status of a response and where it ends. */
final class ResponseReader {
    private static final byte[] LENGTH_HEADER = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = 9;
    private static final int NO_CONTENT = 204;

    private final ByteBuffer in = ByteBuffer.allocate(16_384);
    private int status;
    private long bodyLeft = -1;

    /** Reads what is there; true when the response is complete. */
    boolean read(ReadableByteChannel channel) throws IOException {
        int count = channel.read(in);
        if (count < 0) {
            throw new EOFException("The server closed the connection");
        }
        if (bodyLeft < 0) {
            readHead();
        } else {
            bodyLeft -= count;
            in.clear();
        }
        if (bodyLeft != 0) {
            return false;
        }
        bodyLeft = -1;
        return true;
    }

    /** Of the response that was completed last. */
    int status() {
        return status;
    }

    private void readHead() throws IOException {
        int end = endOfHead();
        if (end < 0) {
            if (!in.hasRemaining()) {
                throw new ProtocolException("The head of a response is too long");
            }
            return;
        }
        status = Integer.parseInt(new String(in.array(), STATUS_AT, 3, StandardCharsets.US_ASCII));
        bodyLeft = status == NO_CONTENT ? 0 : contentLength(end) - (in.position() - end);
        in.clear();
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = 3; i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private long contentLength(int headEnd) throws IOException {
        byte[] bytes = in.array();
        for (int i = 0; i < headEnd - LENGTH_HEADER.length; i++) {
            if (matches(bytes, i)) {
                return number(bytes, i + LENGTH_HEADER.length);
            }
        }
        throw new ProtocolException("A response without Content-Length");
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < LENGTH_HEADER.length; i++) {
            byte lower = bytes[at + i] >= 'A' && bytes[at + i] <= 'Z' ? (byte) (bytes[at + i] + 32) : bytes[at + i];
            if (lower != LENGTH_HEADER[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; bytes[i] != '\r'; i++) {
            value = bytes[i] == ' ' ? value : value * 10 + (bytes[i] - '0');
        }
        return value;
    }
}
