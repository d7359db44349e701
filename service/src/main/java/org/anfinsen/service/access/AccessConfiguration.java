package org.anfinsen.service.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import javax.sql.DataSource;
import org.anfinsen.db.JdbcPredictionStore;
import org.anfinsen.db.access.ApiKey.Scope;
import org.anfinsen.db.access.ApiKeys;
import org.anfinsen.db.access.AuditLog;
import org.anfinsen.service.settings.AccessSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The rules of access. They hold whether the service is open or not; where it is open, everyone has all scopes. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    /** After the store, which makes the tables. */
    @Bean
    ApiKeys apiKeys(DataSource dataSource, JdbcPredictionStore store) {
        return new ApiKeys(dataSource);
    }

    @Bean
    AuditLog auditLog(DataSource dataSource, JdbcPredictionStore store) {
        return new AuditLog(dataSource);
    }

    @Bean
    AccessMode accessMode(
            AccessSettings settings,
            @Value("${server.address:#{null}}") @Nullable String address,
            ApiKeys keys,
            ObjectProvider<JwtDecoder> tokens) {
        AccessMode mode = AccessMode.of(settings, address);
        if (!mode.open() && tokens.getIfAvailable() == null && !keys.any()) {
            LOG.warn("Everyone is refused until there is a key: anfinsen key create NAME --scopes submit,read");
        }
        return mode;
    }

    /** Commands that use the store without the web have no rules. */
    @Bean
    @ConditionalOnWebApplication
    SecurityFilterChain accessRules(
            HttpSecurity http,
            AccessMode mode,
            AccessSettings settings,
            ApiKeys keys,
            AuditLog audit,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver,
            ObjectProvider<JwtDecoder> tokens,
            ObjectProvider<JwtAuthenticationConverter> converter) {
        Problems problems = new Problems(resolver);
        // Keys come in headers, or in a cookie that browsers send from this site only; headers have a filter of their
        // own.
        http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(AccessConfiguration::rules)
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) ->
                                problems.answer(request, response, Problems.unauthorized(missing(request))))
                        .accessDeniedHandler((request, response, e) -> problems.answer(
                                request,
                                response,
                                Problems.forbidden("this key or token does not have the scope for "
                                        + request.getMethod() + " " + request.getRequestURI()))))
                .addFilterBefore(
                        new BrowserGuardFilter(mode.open(), settings.allowedHosts(), problems),
                        AbstractPreAuthenticatedProcessingFilter.class)
                .addFilterBefore(
                        new CallerFilter(mode.open(), keys, settings, problems),
                        AbstractPreAuthenticatedProcessingFilter.class)
                .addFilterAfter(new AuditFilter(audit), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new RateLimitFilter(problems), ExceptionTranslationFilter.class);
        if (!mode.open() && tokens.getIfAvailable() != null) {
            http.oauth2ResourceServer(server -> server.bearerTokenResolver(otherThanKeys())
                    .authenticationEntryPoint((request, response, e) ->
                            problems.answer(request, response, Problems.unauthorized("the token is not accepted")))
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(
                            new TokenCallers(converter.getIfAvailable(JwtAuthenticationConverter::new), settings))));
        }
        return http.build();
    }

    /** Whatever is below {@code /v1} asks for a scope, unless it is listed before. */
    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        String read = CallerAuthentication.authority(Scope.READ);
        String admin = CallerAuthentication.authority(Scope.ADMIN);
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers("/v1/problems/**", "/v1/openapi/**", "/v1/openapi.yaml", "/v1/docs/**")
                .permitAll()
                .requestMatchers(HttpMethod.DELETE, SessionController.PATH)
                .permitAll()
                .requestMatchers(SessionController.PATH)
                .authenticated()
                .requestMatchers("/v1/admin/**")
                .hasAuthority(admin)
                .requestMatchers(HttpMethod.GET, "/v1/**")
                .hasAuthority(read)
                .requestMatchers(HttpMethod.HEAD, "/v1/**")
                .hasAuthority(read)
                .requestMatchers("/v1/**", "/foldSequence/**")
                .hasAuthority(CallerAuthentication.authority(Scope.SUBMIT))
                .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
                .permitAll()
                // What the page shows at its foot.
                .requestMatchers("/actuator/info")
                .hasAuthority(read)
                .requestMatchers("/actuator", "/actuator/**")
                .hasAuthority(admin)
                // The page, and what it is made of.
                .requestMatchers(HttpMethod.GET, "/**")
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, "/**")
                .permitAll()
                .anyRequest()
                .denyAll();
    }

    private static String missing(HttpServletRequest request) {
        return CallerFilter.secret(request) == null
                ? "send an API key: Authorization: Bearer anf_…"
                : "the API key is not known, or it was revoked";
    }

    private static BearerTokenResolver otherThanKeys() {
        DefaultBearerTokenResolver resolver = new DefaultBearerTokenResolver();
        return request -> CallerFilter.secret(request) == null ? resolver.resolve(request) : null;
    }
}
