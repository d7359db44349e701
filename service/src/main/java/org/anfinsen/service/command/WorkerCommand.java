package org.anfinsen.service.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.anfinsen.service.wiring.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code anfinsen worker}: a process that works for services on other machines. */
@Command(
        name = "worker",
        description = "Starts a worker that takes work from the database and the broker it shares with a service.",
        mixinStandardHelpOptions = true,
        customSynopsis = "anfinsen worker --kind=KIND [--SETTING=VALUE...]",
        footer = {
            "",
            "Settings (those of serve, and):",
            "  --spring.datasource.url=jdbc:postgresql://host/database    the database that all share",
            "  --spring.rabbitmq.host=localhost                           the broker",
            "",
            "The service itself is started with --anfinsen.cluster.enabled=true and the same settings.",
            "",
            "Example:",
            "  anfinsen worker --kind=prediction --spring.datasource.url=jdbc:postgresql://db/anfinsen"
        })
final class WorkerCommand implements Callable<Integer> {

    /** What a worker is good for. */
    enum Kind {
        /** Processors and disk: alignments, and scoring. */
        alignment("aligning,scoring", false),
        /** A graphics card or many processors: the network. */
        prediction("predicting", true);

        private final String stages;
        private final boolean predicts;

        Kind(String stages, boolean predicts) {
            this.stages = stages;
            this.predicts = predicts;
        }
    }

    @Option(names = "--kind", required = true, description = "alignment or prediction")
    private Kind kind = Kind.prediction;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    /** Returns once the worker has stopped. */
    @Override
    public Integer call() throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "--anfinsen.cluster.enabled=true",
                "--anfinsen.cluster.stages=" + kind.stages,
                "--anfinsen.worker.enabled=" + kind.predicts,
                "--anfinsen.benchmark.resume=false"));
        all.addAll(ServeCommand.joined(settings));
        CountDownLatch closed = new CountDownLatch(1);
        SpringApplication application = new SpringApplication(ServiceApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addListeners((ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
        try {
            application.run(all.toArray(String[]::new));
        } catch (RuntimeException e) {
            // Spring has said why on its log.
            return ExitCode.SOFTWARE;
        }
        System.out.println("Anfinsen's " + kind + " worker is ready");
        closed.await();
        return ExitCode.OK;
    }
}
