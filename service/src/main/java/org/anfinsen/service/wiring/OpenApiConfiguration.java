package org.anfinsen.service.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.service.problem.Problem;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the OpenAPI description that no controller can say. */
@ConditionalOnWebApplication
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "bearer";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Anfinsen")
                        .version("1")
                        .description("Predicts the structure of a protein from its sequence: submit a FASTA, follow the"
                                + " job, download PDB, mmCIF, distogram, torsion angles and scores."))
                .servers(List.of(new Server().url("/")))
                // An open service asks for none; hence the alternative without one.
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement())
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key (anf_…) or a token of the service's provider"))
                        .addSchemas("JobState", jobState())
                        .addSchemas("Problem", problem())
                        .addSchemas("InputError", inputError())
                        .addResponses(
                                "Problem",
                                new ApiResponse()
                                        .description("A problem document (RFC 9457); /v1/problems lists the codes")
                                        .content(new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(reference("Problem"))
                                                                .example(example())))));
    }

    /** Whatever an operation does not say of its failures: all of them are problems. */
    @Bean
    OpenApiCustomizer failures() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> operation
                        .getResponses()
                        .addApiResponse(
                                ApiResponses.DEFAULT, new ApiResponse().$ref("#/components/responses/Problem")));
    }

    /** Names members as the answers do; springdoc looks at the setting of another Jackson. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        ObjectMapper mapper = mappers.jsonMapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper).openapi31(true);
    }

    private static Schema<?> jobState() {
        StringSchema states = new StringSchema();
        states.setDescription("Where a job stands; done, failed and cancelled are final");
        Stream.of(PredictionState.values()).map(PredictionState::spelling).forEach(states::addEnumItem);
        return states;
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri-reference"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("state", reference("JobState"))
                .addProperty("errors", new ArraySchema().items(reference("InputError")));
    }

    private static Schema<?> inputError() {
        return new ObjectSchema()
                .addProperty("code", new StringSchema())
                .addProperty("field", new StringSchema())
                .addProperty("record", new IntegerSchema())
                .addProperty("name", new StringSchema())
                .addProperty("line", new IntegerSchema())
                .addProperty("column", new IntegerSchema())
                .addProperty("found", new StringSchema())
                .addProperty("remedy", new StringSchema());
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Map<String, Object> example() {
        return Map.of(
                "type", Problem.INVALID_INPUT.type().toString(),
                "title", Problem.INVALID_INPUT.title(),
                "status", Problem.INVALID_INPUT.status().value(),
                "detail", "record 1 (crambin), line 2, column 4: digit '1'. Remove position numbers from the sequence.",
                "errors",
                        List.of(Map.of(
                                "code", "digit-in-sequence",
                                "record", 1,
                                "name", "crambin",
                                "line", 2,
                                "column", 4,
                                "found", "digit '1'",
                                "remedy", "Remove position numbers from the sequence")));
    }
}
