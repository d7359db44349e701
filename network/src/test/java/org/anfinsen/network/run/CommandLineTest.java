package org.anfinsen.network.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    private Path directory;

    private Path arguments(int bytes) throws IOException {
        return Files.write(directory.resolve("cmdline"), new byte[bytes]);
    }

    @Test
    void takesOneOfTheGreatestLength() {
        assertThatCode(() -> CommandLine.requireShort(arguments(3500))).doesNotThrowAnyException();
    }

    @Test
    void refusesALongerOneAndSaysWhatToDo() {
        assertThatThrownBy(() -> CommandLine.requireShort(arguments(3501)))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("3501 bytes, limit 3500")
                .hasMessageContaining("@FILE");
    }

    @Test
    void asksNothingOfASystemThatDoesNotShowIt() {
        assertThatCode(() -> CommandLine.requireShort(directory.resolve("absent")))
                .doesNotThrowAnyException();
    }
}
