package org.anfinsen.service.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.anfinsen.service.wiring.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Unmatched;

/** {@code anfinsen serve}: the service with its web page. All further arguments are settings. */
@Command(
        name = "serve",
        description = "Starts the service: REST interface and web page on http://127.0.0.1:8080.",
        mixinStandardHelpOptions = true,
        customSynopsis = "anfinsen serve [--SETTING=VALUE...]",
        footer = {
            "",
            "Settings (all in service/src/main/resources/application.yaml and the records in settings/):",
            "  --server.port=8080                     port",
            "  --server.address=127.0.0.1             address; any other than loopback asks for API keys",
            "  --anfinsen.access.required=false       true asks for API keys on loopback too (anfinsen key)",
            "  --anfinsen.data-directory=data         the service's own PostgreSQL and derived files",
            "  --anfinsen.models-directory=models     model packages",
            "  --anfinsen.limits.max-residues=1024    longest sequence",
            "  --anfinsen.worker.concurrency=1        predictions at one time",
            "  --anfinsen.search.databases=NAME,NAME  searched for requests that name none",
            "  --spring.datasource.url=jdbc:postgresql://host/database    a PostgreSQL server in place of its own",
            "",
            "Example:",
            "  anfinsen serve --server.port=9000 --anfinsen.data-directory=/var/lib/anfinsen"
        })
final class ServeCommand implements Callable<Integer> {

    @Unmatched
    private List<String> settings = new ArrayList<>();

    /** Returns once the service has stopped. */
    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        SpringApplication application = new SpringApplication(ServiceApplication.class);
        application.addListeners((ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
        ConfigurableApplicationContext context;
        try {
            context = application.run(joined(settings).toArray(String[]::new));
        } catch (RuntimeException e) {
            // Spring has said why on its log.
            return ExitCode.SOFTWARE;
        }
        String port = context.getEnvironment().getProperty("local.server.port");
        System.out.println("Anfinsen is ready: http://" + address(context) + ":" + port);
        closed.await();
        return ExitCode.OK;
    }

    private static String address(ConfigurableApplicationContext context) {
        String address = context.getEnvironment().getProperty("server.address", "127.0.0.1");
        return address.equals("0.0.0.0") || address.equals("::") ? "localhost" : address;
    }

    /** Accepts {@code --setting value} as well as {@code --setting=value}. */
    static List<String> joined(List<String> arguments) {
        List<String> joined = new ArrayList<>();
        for (String argument : arguments) {
            String last = joined.isEmpty() ? "" : joined.getLast();
            if (!argument.startsWith("--") && last.startsWith("--") && !last.contains("=")) {
                joined.set(joined.size() - 1, last + "=" + argument);
            } else {
                joined.add(argument);
            }
        }
        return joined;
    }
}
