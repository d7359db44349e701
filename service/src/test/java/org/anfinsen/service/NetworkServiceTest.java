package org.anfinsen.service;

import org.anfinsen.service.wiring.ServiceApplication;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Starts the service with the default network once for all tests that extend it. Nothing may depend on its accuracy. */
@SpringBootTest(
        classes = ServiceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "anfinsen.data-directory=target/test-data/network",
            "anfinsen.models-directory=${anfinsen.root}/models"
        })
public abstract class NetworkServiceTest {

    /** The villin headpiece, 35 residues. */
    protected static final String VILLIN = "LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF";

    @LocalServerPort
    protected int port;

    protected Http http = new Http(1);

    @BeforeEach
    void connect() {
        http = new Http(port);
    }
}
