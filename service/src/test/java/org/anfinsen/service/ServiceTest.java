package org.anfinsen.service;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.anfinsen.service.wiring.ServiceApplication;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Starts the service once for all tests that extend it. */
@SpringBootTest(
        classes = ServiceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "anfinsen.data-directory=target/test-data/service",
            "anfinsen.limits.max-residues=200",
            "anfinsen.limits.max-records=10",
            "anfinsen.limits.max-queued-jobs=60",
            "anfinsen.limits.max-body=1MB",
            "anfinsen.worker.concurrency=2",
            "anfinsen.worker.lease=5s"
        })
@Import(ServiceTest.TestBeans.class)
public abstract class ServiceTest {

    private static final AtomicLong SEED = new AtomicLong(System.nanoTime());
    private static final String RESIDUES = "ACDEFGHIKLMNPQRSTVWY";

    @Autowired
    protected TestEngine engine = new TestEngine();

    protected Http http = new Http(1);

    @LocalServerPort
    private int port;

    /** Stands in for the network. */
    @TestConfiguration(proxyBeanMethods = false)
    static class TestBeans {
        @Bean
        TestEngine testEngine() {
            return new TestEngine();
        }
    }

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    /** A protein that no other test has sent, so that its result is not there yet. */
    public static String freshSequence(int length) {
        Random random = new Random(SEED.incrementAndGet());
        StringBuilder residues = new StringBuilder("WYMW");
        while (residues.length() < length) {
            residues.append(RESIDUES.charAt(random.nextInt(RESIDUES.length())));
        }
        return residues.toString();
    }
}
