package org.anfinsen.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tokens as an OpenID Connect provider signs them, checked with its public key. */
class TokenAccessIT extends ServiceTest {

    private static final KeyPair PROVIDER = keyPair();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException {
        Path file = Files.createTempFile("provider", ".pem");
        file.toFile().deleteOnExit();
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(PROVIDER.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location", () -> "file:" + file);
        registry.add("anfinsen.access.required", () -> "true");
        registry.add("anfinsen.data-directory", () -> "target/test-data/token");
    }

    @Test
    void letsTheScopesOfATokenIn() throws Exception {
        String token = token(PROVIDER, "read submit", Instant.now().plusSeconds(60));
        Http.Answer submitted = http.post(
                "/v1/predictions",
                "text/x-fasta",
                ">a\n" + freshSequence(20) + "\n",
                "Authorization",
                "Bearer " + token);

        assertThat(submitted.status()).isEqualTo(202);
        assertThat(http.get(submitted.header("Location"), "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/actuator/metrics", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(403);
        assertThat(http.get("/v1/session", "Authorization", "Bearer " + token).text())
                .contains("user ada");
    }

    @Test
    void refusesATokenThatIsExpiredOrOfAnotherProvider() throws Exception {
        String expired = token(PROVIDER, "read", Instant.now().minus(Duration.ofHours(1)));
        String foreign = token(keyPair(), "read", Instant.now().plusSeconds(60));

        assertThat(http.get("/v1/models", "Authorization", "Bearer " + expired).status())
                .isEqualTo(401);
        Http.Answer refused = http.get("/v1/models", "Authorization", "Bearer " + foreign);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("type").asString()).isEqualTo("/v1/problems/unauthorized");
    }

    private static String token(KeyPair signer, String scope, Instant expires) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer("https://provider.example")
                        .subject("ada")
                        .claim("scope", scope)
                        .expirationTime(Date.from(expires))
                        .build());
        token.sign(new RSASSASigner(signer.getPrivate()));
        return token.serialize();
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
