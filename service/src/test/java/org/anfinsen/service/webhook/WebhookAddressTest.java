package org.anfinsen.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.anfinsen.service.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/a",
                "ftp://hooks.example.org/a",
                "https://localhost/a",
                "https://api.localhost./a",
                "https://database:5432/",
                "https://127.0.0.1/a",
                "https://127.1.2.3:8080/a",
                "https://10.1.2.3/a",
                "https://172.16.0.1/a",
                "https://192.168.1.1/a",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/a",
                "https://0.0.0.0/a",
                "https://224.0.0.1/a",
                "https://255.255.255.255/a",
                "https://[::1]/a",
                "https://[::]/a",
                "https://[fe80::1]/a",
                "https://[fd00::1]/a",
                "https://[::ffff:127.0.0.1]/a",
                "https://[64:ff9b::7f00:1]/a",
                "https://[2002:7f00:1::]/a",
                "https://user:secret@hooks.example.org/a",
                "https://hooks.example.org/a#b",
                "https:///a",
                "not an address",
                ""
            })
    void refusesWhatLeadsInsideTheNetworkOrNowhere(String text) {
        assertThatThrownBy(() -> WebhookAddress.parse(text, false)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.org/a?b=c",
                "https://hooks.example.org:8443/",
                "https://8.8.8.8/a",
                "https://[2606:4700::1111]/a"
            })
    void takesPublicAddresses(String text) {
        assertThat(WebhookAddress.parse(text, false)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/a", "http://hooks/a", "https://192.168.1.1/a"})
    void takesPrivateAddressesWhereTheyAreAllowed(String text) {
        assertThat(WebhookAddress.parse(text, true)).hasToString(text);
    }

    @Test
    void findsNoAddressForANameThatLeadsInside() {
        assertThatThrownBy(() -> new PublicAddresses().resolve("localhost"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no public address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.32.0.1", "100.128.0.1", "198.20.0.1", "9.255.255.255", "2a00:1450::1"})
    void doesNotTakeNeighboursOfPrivateBlocksForPrivate(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void waitsLongerAfterEachTryAndTwelveHoursAtMost() {
        Duration first = Duration.ofSeconds(5);

        assertThat(WebhookDispatcher.pause(1, first)).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
        assertThat(WebhookDispatcher.pause(4, first)).isBetween(Duration.ofSeconds(121), Duration.ofSeconds(149));
        assertThat(WebhookDispatcher.pause(40, first)).isBetween(Duration.ofHours(10), Duration.ofHours(14));
    }
}
