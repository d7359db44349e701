package org.anfinsen.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a loopback address everyone on the machine is let in, and pages of other sites are not. */
class OpenAccessIT extends ServiceTest {

    @Test
    void letsAnyoneDoEverything() {
        assertThat(http.get("/v1/session").json().path("name").asString()).isEqualTo("anyone");
        assertThat(http.get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(http.get("/actuator/health").text()).contains("components");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 202",
        "Origin, https://evil.example, 403",
        "Origin, null, 403"
    })
    void letsPagesOfOtherSitesChangeNothing(String header, String value, int status) {
        Http.Answer answer =
                http.post("/v1/predictions", "text/plain", ">a\n" + freshSequence(20) + "\n", header, value);

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "127.0.0.1.evil.example:8080, 403",
        "localhost:9, 200",
        "127.0.0.1, 200",
        "[::1]:8080, 200"
    })
    void isNotReachedUnderANameOfAnothers(String host, int status) throws Exception {
        try (Socket socket =
                new Socket("127.0.0.1", http.request("/").build().uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }
}
