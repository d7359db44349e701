package org.anfinsen.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses query parameters that nothing reads: whoever asks for {@code ?size=5} where it is called {@code limit} would
 * otherwise get an answer to another question. Refuses the character 0 as well, which PostgreSQL has in no text.
 */
@Component
final class QueryParametersInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private static final String OURS = "org.anfinsen.";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            check(query, method);
        }
        return true;
    }

    private static void check(String query, HandlerMethod method) {
        Set<String> known = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                String given = annotation.name().isEmpty() ? annotation.value() : annotation.name();
                String own = parameter.getParameter().getName();
                known.add(given.isEmpty() ? own : given);
            }
        }
        List<InputError> errors = new ArrayList<>();
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().forEach((name, values) -> {
            if (!known.contains(name)) {
                errors.add(InputError.ofField(
                        "unknown-parameter",
                        name,
                        "'" + name + "'",
                        known.isEmpty()
                                ? "Give no query parameters here"
                                : "Give none but these: " + String.join(", ", known)));
            } else if (values.stream().anyMatch(value -> value != null && value.contains("%00"))) {
                errors.add(InputError.ofField("control-character", name, "the character 0", "Leave it out"));
            }
        });
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_OPTION, errors.getFirst().message(), errors);
        }
    }
}
