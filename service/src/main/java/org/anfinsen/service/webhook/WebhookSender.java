package org.anfinsen.service.webhook;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.anfinsen.db.webhook.Webhooks.Delivery;
import org.anfinsen.service.settings.SoftwareVersion;
import org.anfinsen.service.settings.WebhookSettings;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** Sends a message once. Redirections are not followed, answers not read. */
final class WebhookSender implements AutoCloseable {

    private static final int GONE = 410;
    private static final int OK_MIN = 200;
    private static final int OK_END = 300;

    private final CloseableHttpClient client;
    private final Timeout timeout;

    WebhookSender(WebhookSettings settings) {
        timeout = Timeout.of(settings.timeout());
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(
                                settings.privateAddresses() ? SystemDefaultDnsResolver.INSTANCE : new PublicAddresses())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout).build())
                .setUserAgent("Anfinsen/" + SoftwareVersion.current())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    /** What came of a try. */
    sealed interface Outcome {

        /** For people. */
        String text();

        /** An answer of 200 to 299. */
        record Delivered(String text) implements Outcome {}

        /** Another try may go better. */
        record Failed(String text) implements Outcome {}

        /** 410: the receiver wants no more of it. */
        record Unwanted(String text) implements Outcome {}
    }

    Outcome send(Delivery message) {
        Instant now = Instant.now();
        HttpPost post = new HttpPost(message.url());
        post.setHeader("webhook-id", message.id().toString());
        post.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        post.setHeader(
                "webhook-signature",
                WebhookSignature.of(message.secret(), message.id().toString(), now, message.body()));
        post.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
        // A receiver that sends its answer byte by byte would never meet the timeout of the socket.
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(2 * timeout.toMilliseconds());
                post.abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            int status = client.execute(post, answer -> {
                int code = answer.getCode();
                post.abort();
                return code;
            });
            String text = "status " + status;
            return status >= OK_MIN && status < OK_END
                    ? new Outcome.Delivered(text)
                    : status == GONE ? new Outcome.Unwanted(text) : new Outcome.Failed(text);
        } catch (IOException e) {
            return new Outcome.Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            watch.interrupt();
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("the HTTP client does not close", e);
        }
    }
}
