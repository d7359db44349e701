package org.anfinsen.service.access;

import java.util.List;
import org.anfinsen.db.access.ApiKey.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller as Spring Security knows it: each scope, with those it implies, is an authority {@code SCOPE_…}. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final String PREFIX = "SCOPE_";

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(authorities(caller));
        this.caller = caller;
        super.setAuthenticated(true);
    }

    static String authority(Scope scope) {
        return PREFIX + scope.spelling();
    }

    private static List<SimpleGrantedAuthority> authorities(Caller caller) {
        return caller.scopes().stream()
                .flatMap(scope -> scope.implied().stream())
                .distinct()
                .map(scope -> new SimpleGrantedAuthority(authority(scope)))
                .toList();
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
