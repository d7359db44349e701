package org.anfinsen.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Set;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.db.access.AuditLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiKeysIT {

    private HikariDataSource dataSource;
    private ApiKeys keys;

    @BeforeAll
    void open() {
        dataSource = TestDatabase.migrated();
        keys = new ApiKeys(dataSource);
    }

    @AfterAll
    void close() {
        dataSource.close();
    }

    @Test
    void findsAKeyByItsSecretOnly() {
        ApiKeys.Created created = keys.create("alice", Set.of(Scope.SUBMIT, Scope.READ), 30, null);

        assertThat(keys.find(created.secret()))
                .hasValueSatisfying(
                        key -> assertThat(key.id()).isEqualTo(created.key().id()));
        assertThat(created.key().scopes()).containsExactlyInAnyOrder(Scope.SUBMIT, Scope.READ);
        assertThat(created.key().requestsPerMinute()).isEqualTo(30);
        assertThat(created.key().jobsPerDay()).isNull();
        assertThat(keys.find("alice")).isEmpty();
        assertThat(keys.find(created.secret().replaceFirst("....$", "AAAA"))).isEmpty();
        assertThat(keys.list())
                .filteredOn(key -> key.name().equals("alice"))
                .singleElement()
                .satisfies(key -> assertThat(key.lastUsed()).isNotNull());
    }

    @Test
    void keepsNoSecret() {
        String secret = keys.create("bob", Set.of(Scope.ADMIN), null, null).secret();
        String row = new JdbcTemplate(dataSource)
                .queryForObject("select k::text from api_keys k where name = 'bob'", String.class);

        assertThat(row).doesNotContain(secret).doesNotContain(secret.substring(ApiKeys.PREFIX.length()));
    }

    @Test
    void revokesAtOnceAndFreesTheName() {
        String secret = keys.create("carol", Set.of(Scope.READ), null, null).secret();

        assertThatThrownBy(() -> keys.create("carol", Set.of(Scope.READ), null, null))
                .isInstanceOf(ApiKeys.NameTakenException.class)
                .hasMessageContaining("carol");
        assertThat(keys.revoke("carol")).isTrue();
        assertThat(keys.revoke("carol")).isFalse();
        assertThat(keys.find(secret)).isEmpty();
        assertThat(keys.create("carol", Set.of(Scope.READ), null, null).secret())
                .isNotEqualTo(secret);
    }

    @Test
    void writesDownWhoDidWhat() {
        AuditLog log = new AuditLog(dataSource);
        log.add("key alice", "192.0.2.1", "POST", "/v1/predictions", 202);
        log.add("command line", null, "revoke key", "bob", null);

        List<AuditLog.Entry> newest = log.newest(2);
        assertThat(newest).extracting(AuditLog.Entry::actor).containsExactly("command line", "key alice");
        assertThat(newest).extracting(AuditLog.Entry::status).containsExactly(null, 202);
    }
}
