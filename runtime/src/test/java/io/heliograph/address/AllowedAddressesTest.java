package io.heliograph.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refuses_what_is_not_public(String address) {
        assertThat(AllowedAddresses.beside("").allows(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1"})
    void allows_what_is_public(String address) {
        assertThat(AllowedAddresses.beside("").allows(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @Test
    void allows_what_the_operator_does_and_nothing_beside_it() {
        AllowedAddresses allowed = AllowedAddresses.beside("10.1.0.0/16, 172.16.0.0/12, ::1/128,");

        assertThat(allowed.allows(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(allowed.allows(InetAddress.ofLiteral("::ffff:10.1.2.3"))).isTrue();
        assertThat(allowed.allows(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(allowed.allows(InetAddress.ofLiteral("172.31.0.1"))).isTrue();
        assertThat(allowed.allows(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(allowed.allows(InetAddress.ofLiteral("::2"))).isFalse();
        assertThat(allowed.allows(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.1.0.0", "10.1.0.0/33", "10.1.0.0/-1", "localhost/8", "/8", "10.1.0.0/x", "10.1.0.0/16/8"})
    void takes_only_ranges(String text) {
        assertThatThrownBy(() -> AllowedAddresses.beside(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
