package org.anfinsen.service.access;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.service.settings.AccessSettings;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/** Makes callers of tokens of an OpenID Connect provider: issuer and subject are the owner of jobs. */
final class TokenCallers implements Converter<Jwt, AbstractAuthenticationToken> {

    private final JwtAuthenticationConverter converter;
    private final AccessSettings settings;

    /** @param converter knows which claim holds the scopes */
    TokenCallers(JwtAuthenticationConverter converter, AccessSettings settings) {
        this.converter = converter;
        this.settings = settings;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        AbstractAuthenticationToken known = Objects.requireNonNull(converter.convert(token));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if (known.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .anyMatch(CallerAuthentication.authority(scope)::equals)) {
                scopes.add(scope);
            }
        }
        return new CallerAuthentication(new Caller(
                "user " + known.getName(),
                "oidc:" + token.getClaimAsString("iss") + "#" + token.getSubject(),
                scopes,
                settings.requestsPerMinute(),
                settings.jobsPerDay()));
    }
}
