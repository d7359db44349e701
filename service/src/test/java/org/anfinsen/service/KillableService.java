package org.anfinsen.service;

import org.anfinsen.service.wiring.ServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The service with the tests' predictor as a process of its own. */
public final class KillableService {

    /** Printed before the port once the service is ready. */
    static final String READY = "KILLABLE SERVICE ON PORT ";

    private KillableService() {}

    /** The tests' engine in place of the network; not annotated, so that no other test finds it. */
    static class Beans {
        @Bean
        TestEngine testEngine() {
            return new TestEngine();
        }
    }

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(Beans.class, ServiceApplication.class).run(arguments);
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
    }
}
