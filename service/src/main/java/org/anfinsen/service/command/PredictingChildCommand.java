package org.anfinsen.service.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.anfinsen.service.isolation.PredictingChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Started by the service, not by people: predicts in a process of its own. */
@Command(name = PredictingChild.COMMAND, hidden = true)
final class PredictingChildCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        PredictingChild.run();
        return ExitCode.OK;
    }
}
