package org.anfinsen.db.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.anfinsen.db.Outage;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys in PostgreSQL, of whose secrets only the SHA-256 is kept. A secret is {@code anf_} and 256 random bits in
 * base64url: too many to be guessed, so that a fast hash without salt is enough.
 */
public final class ApiKeys {

    /** How secrets begin, so that a leaked one can be recognised. */
    public static final String PREFIX = "anf_";

    private static final Pattern SECRET = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final int SECRET_BYTES = 32;
    private static final String COLUMNS =
            "id, name, scopes, requests_per_minute, jobs_per_day, created, last_used, revoked";

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    /** @param dataSource a database that is up to date */
    public ApiKeys(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A key with its secret, which is not kept anywhere else. */
    public record Created(ApiKey key, String secret) {}

    /** A key of this name is in use. */
    public static final class NameTakenException extends RuntimeException {
        NameTakenException(String name) {
            super("a key named " + name + " is in use; revoke it first, or choose another name");
        }
    }

    /**
     * Makes a key.
     *
     * @param requestsPerMinute null for the service's limit
     * @param jobsPerDay        null for the service's limit
     * @throws NameTakenException if a key in use has the name
     */
    public Created create(
            String name, Set<ApiKey.Scope> scopes, @Nullable Integer requestsPerMinute, @Nullable Integer jobsPerDay) {
        byte[] bits = new byte[SECRET_BYTES];
        random.nextBytes(bits);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        try {
            ApiKey key = Outage.watched(() -> jdbc.sql("""
                insert into api_keys (name, secret_sha256, scopes, requests_per_minute, jobs_per_day)
                values (:name, :hash, cast(:scopes as text[]), cast(:requests as int), cast(:jobs as int))
                returning
                """ + COLUMNS)
                    .param("name", name)
                    .param("hash", DigestUtils.sha256Hex(secret))
                    .param(
                            "scopes",
                            "{"
                                    + String.join(
                                            ",",
                                            scopes.stream()
                                                    .map(ApiKey.Scope::spelling)
                                                    .toList())
                                    + "}")
                    .param("requests", requestsPerMinute)
                    .param("jobs", jobsPerDay)
                    .query(ApiKeys::key)
                    .single());
            return new Created(key, secret);
        } catch (DuplicateKeyException e) {
            throw new NameTakenException(name);
        }
    }

    /** All keys, the revoked ones included, oldest first. */
    public List<ApiKey> list() {
        return Outage.watched(() -> jdbc.sql("select " + COLUMNS + " from api_keys order by created, id")
                .query(ApiKeys::key)
                .list());
    }

    /**
     * Takes a key out of use, at once and for good.
     *
     * @return false if no key in use has this name
     */
    public boolean revoke(String name) {
        return Outage.watched(
                () -> jdbc.sql("update api_keys set revoked = now() where name = :name and revoked is null")
                                .param("name", name)
                                .update()
                        > 0);
    }

    /** True if there is a key in use. */
    public boolean any() {
        return Outage.watched(() -> jdbc.sql("select exists (select from api_keys where revoked is null)")
                .query(Boolean.class)
                .single());
    }

    /** The key in use whose secret this is. */
    public Optional<ApiKey> find(String secret) {
        if (!SECRET.matcher(secret).matches()) {
            return Optional.empty();
        }
        String hash = DigestUtils.sha256Hex(secret);
        return Outage.watched(() -> {
            Optional<ApiKey> found = jdbc.sql(
                            "select " + COLUMNS + " from api_keys where secret_sha256 = :hash and revoked is null")
                    .param("hash", hash)
                    .query(ApiKeys::key)
                    .optional();
            found.ifPresent(this::seen);
            return found;
        });
    }

    private void seen(ApiKey key) {
        jdbc.sql("""
            update api_keys set last_used = now()
            where id = :id and (last_used is null or last_used < now() - interval '1 minute')
            """).param("id", key.id()).update();
    }

    private static ApiKey key(ResultSet rs, int rowNumber) throws SQLException {
        Set<ApiKey.Scope> scopes = EnumSet.noneOf(ApiKey.Scope.class);
        Arrays.stream((String[]) rs.getArray("scopes").getArray())
                .map(ApiKey.Scope::ofSpelling)
                .forEach(scopes::add);
        return new ApiKey(
                rs.getObject("id", UUID.class),
                rs.getString("name"),
                scopes,
                rs.getObject("requests_per_minute", Integer.class),
                rs.getObject("jobs_per_day", Integer.class),
                rs.getObject("created", OffsetDateTime.class).toInstant(),
                instant(rs, "last_used"),
                instant(rs, "revoked"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
