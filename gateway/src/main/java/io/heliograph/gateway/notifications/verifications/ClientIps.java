package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who asked an application for a code, as far as their address tells. */
final class ClientIps {
    private static final String NAME = "client_ip";
    /** Without a zone, which is of one machine. */
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    /** Whoever has an IPv6 address has at least this much of them. */
    private static final int NETWORK_BYTES = 8;

    private ClientIps() {}

    /** What a client is counted by: its address, of an IPv6 one the network. Null when it is missing or wrong. */
    static @Nullable String read(JsonFields fields) {
        String text = fields.text(NAME, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        try {
            if (LITERAL.matcher(text).matches()) {
                byte[] address = InetAddress.ofLiteral(text).getAddress();
                return HexFormat.of().formatHex(address.length == 4 ? address : Arrays.copyOf(address, NETWORK_BYTES));
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        fields.mistake(
                NAME, ProblemCode.NOT_ALLOWED, NAME + " must be an IP address, such as 203.0.113.7 or 2001:db8::1.");
        return null;
    }
}
