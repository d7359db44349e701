package org.anfinsen.service.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.anfinsen.db.Schema;
import org.anfinsen.db.access.ApiKey;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.db.access.AuditLog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anfinsen key}: the API keys of the service, in the database that the service uses. */
@Command(
        name = "key",
        description = "Makes, lists and revokes API keys. The service may be running.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The keys are in the database of the service: the one in the data directory, or the one that",
            "SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD name.",
            "",
            "Examples:",
            "  anfinsen key create alice --scopes submit,read",
            "  anfinsen key create monitoring --scopes admin --requests-per-minute 120",
            "  anfinsen key list",
            "  anfinsen key revoke alice"
        })
final class KeyCommand {

    private static final String ACTOR = "command line";

    @Mixin
    private EngineOptions places = new EngineOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            description = "Makes a key and prints its secret, which is shown this once and not kept.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {"", "Example:", "  anfinsen key create alice --scopes submit,read"})
    int create(
            @Parameters(paramLabel = "NAME", description = "Whose it is") String name,
            @Option(
                            names = "--scopes",
                            split = ",",
                            defaultValue = "submit,read",
                            paramLabel = "SCOPE",
                            description = "submit, read, admin; submit,read if not given")
                    List<String> scopes,
            @Option(names = "--requests-per-minute", paramLabel = "N", description = "The service's if not given")
                    @Nullable
                    Integer requestsPerMinute,
            @Option(names = "--jobs-per-day", paramLabel = "N", description = "The service's if not given") @Nullable
                    Integer jobsPerDay,
            @Mixin Output output) {
        check(name.length() <= 100 && !name.isBlank(), "a name has 1 to 100 characters");
        check(requestsPerMinute == null || requestsPerMinute > 0, "--requests-per-minute is at least 1");
        check(jobsPerDay == null || jobsPerDay > 0, "--jobs-per-day is at least 1");
        Set<Scope> parsed = scopes(scopes);
        return onDatabase(database -> {
            try {
                ApiKeys.Created created = new ApiKeys(database).create(name, parsed, requestsPerMinute, jobsPerDay);
                new AuditLog(database).add(ACTOR, null, "create key", name + " " + spelled(parsed), null);
                if (!output.isJson()) {
                    spec.commandLine().getErr().println("The secret of " + name + ", shown this once:");
                }
                Map<String, Object> members = members(created.key());
                members.put("secret", created.secret());
                output.print(created.secret(), members);
                return ExitCode.OK;
            } catch (ApiKeys.NameTakenException e) {
                throw new CommandFailedException(e);
            }
        });
    }

    @Command(
            name = "list",
            description = "Lists the keys, never their secrets.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen key list --json | jq -r .name"})
    int list(@Mixin Output output) {
        return onDatabase(database -> {
            new ApiKeys(database).list().forEach(key -> output.print(text(key), members(key)));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "revoke",
            description = "Takes a key out of use, at once and for good.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  anfinsen key revoke alice"})
    int revoke(@Mixin Output output, @Parameters(paramLabel = "NAME", description = "The key") String name) {
        return onDatabase(database -> {
            if (!new ApiKeys(database).revoke(name)) {
                throw new CommandFailedException(ExitCode.USAGE, "no key in use is named " + name);
            }
            new AuditLog(database).add(ACTOR, null, "revoke key", name, null);
            output.print(name + " is revoked", new Output.Outcome(name, "revoked"));
            return ExitCode.OK;
        });
    }

    private int onDatabase(Function<DataSource, Integer> work) {
        return ServiceDatabase.use(places.places(), database -> {
            Schema.migrate(database);
            return work.apply(database);
        });
    }

    private static Set<Scope> scopes(List<String> spellings) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        try {
            spellings.forEach(spelling -> scopes.add(Scope.ofSpelling(spelling.strip())));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e);
        }
        return scopes;
    }

    private static String text(ApiKey key) {
        return String.format(
                "%-24s %-18s created %s, last used %s%s",
                key.name(),
                spelled(key.scopes()),
                time(key.created()),
                key.lastUsed() == null ? "never" : time(key.lastUsed()),
                key.revoked() == null ? "" : ", revoked " + time(key.revoked()));
    }

    private static Map<String, Object> members(ApiKey key) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", key.id());
        members.put("name", key.name());
        members.put(
                "scopes", key.scopes().stream().sorted().map(Scope::spelling).toList());
        members.put("requests_per_minute", key.requestsPerMinute());
        members.put("jobs_per_day", key.jobsPerDay());
        members.put("created", key.created());
        members.put("last_used", key.lastUsed());
        members.put("revoked", key.revoked());
        members.values().removeIf(Objects::isNull);
        return members;
    }

    private static String spelled(Set<Scope> scopes) {
        return scopes.stream()
                .sorted(Comparator.naturalOrder())
                .map(Scope::spelling)
                .collect(Collectors.joining(","));
    }

    private static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static void check(boolean good, String message) {
        if (!good) {
            throw new CommandFailedException(ExitCode.USAGE, message);
        }
    }
}
