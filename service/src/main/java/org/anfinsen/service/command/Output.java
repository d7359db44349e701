package org.anfinsen.service.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What a command prints: lines for people or, with {@code --json}, an object a line for programs. */
final class Output {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--json", description = "One JSON object a line on standard output")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** What has become of something that has no other members. */
    record Outcome(String name, String state) {}

    boolean isJson() {
        return json;
    }

    /**
     * Prints one result.
     *
     * @param text   for people, of one line or more
     * @param object for programs
     */
    void print(String text, Object object) {
        line(json ? JSON.writeValueAsString(object) : text);
    }

    /** Prints what only people are told before the result: programs find it there. */
    void note(String text) {
        if (!json) {
            line(text);
        }
    }

    private void line(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
