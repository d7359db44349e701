package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On a database of its own, which each command starts and stops. */
final class KeyCommandIT {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void makesAKeyThatItShowsOnceListsItAndRevokesIt() {
        assertThat(run("create", "alice", "--scopes", "submit,read", "--jobs-per-day", "50"))
                .as(err.toString())
                .isZero();
        String secret = out.toString().strip();
        assertThat(secret).matches("anf_[A-Za-z0-9_-]{43}");

        assertThat(run("create", "alice")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("a key named alice is in use");
        assertThat(run("create", "bob", "--scopes", "everything")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("'everything' is no scope");

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("alice", "submit,read").doesNotContain(secret);
        assertThat(run("revoke", "alice")).isZero();
        assertThat(run("revoke", "alice")).isEqualTo(CommandLine.ExitCode.USAGE);
        run("list");
        assertThat(out.toString()).contains("revoked");
    }

    @Test
    void tellsProgramsTheSame() {
        assertThat(run("create", "bob", "--scopes", "read,admin", "--jobs-per-day", "50", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode created = json();
        assertThat(created.path("secret").asString("")).startsWith("anf_");
        assertThat(created.path("jobs_per_day").asInt(0)).isEqualTo(50);
        assertThat(created.has("requests_per_minute")).isFalse();
        assertThat(created.path("scopes").toString()).isEqualTo("[\"read\",\"admin\"]");
        assertThat(err.toString()).isEmpty();

        assertThat(run("list", "--json")).isZero();
        assertThat(json().path("id")).isEqualTo(created.path("id"));
        assertThat(json().has("secret")).isFalse();
        assertThat(run("revoke", "bob", "--json")).isZero();
        assertThat(json().path("name").asString("")).isEqualTo("bob");
        assertThat(json().path("state").asString("")).isEqualTo("revoked");
    }

    private JsonNode json() {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Anfinsen.commandLine(places -> {
            throw new AssertionError("no engine is needed");
        });
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 3];
        all[0] = "key";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--data-directory";
        all[all.length - 1] = directory.toString();
        return line.execute(all);
    }
}
