package org.anfinsen.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anfinsen.service.settings.AccessSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessModeTest {

    private static final AccessSettings DEFAULT = new AccessSettings(false, List.of(), 600, 1000);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void isOpenOnALoopbackAddress(String address) {
        assertThat(AccessMode.of(DEFAULT, address).open()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "", "no such name.invalid"})
    void asksForKeysOnAnyOther(String address) {
        assertThat(AccessMode.of(DEFAULT, address).open()).isFalse();
    }

    @Test
    void asksForKeysOnAllAddressesAndWhereItIsTold() {
        assertThat(AccessMode.of(DEFAULT, null).open()).isFalse();
        assertThat(AccessMode.of(new AccessSettings(true, List.of(), 600, 1000), "127.0.0.1")
                        .open())
                .isFalse();
    }
}
