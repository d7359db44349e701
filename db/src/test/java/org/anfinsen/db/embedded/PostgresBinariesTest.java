package org.anfinsen.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresBinariesTest {

    @Test
    void hasAnArchiveForEachArchitectureOfLinux() {
        for (String architecture : new String[] {"amd64", "aarch64"}) {
            String archive = PostgresBinaries.archive("Linux", architecture);

            assertThat(getClass().getClassLoader().getResource(archive))
                    .as(archive)
                    .isNotNull();
        }
    }

    @Test
    void saysWhatToDoOnOtherSystems() {
        assertThatThrownBy(() -> PostgresBinaries.archive("Mac OS X", "aarch64"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("mac os x/aarch64")
                .hasMessageContaining("spring.datasource.url");
    }
}
