package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.structure.file.StructureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that openapi-generator makes of the service's own description, compiled and used. */
final class GeneratedClientIT extends NetworkServiceTest {

    private static final Path GENERATOR = Path.of("target", "openapi-generator", "openapi-generator-cli.jar");

    @TempDir
    private Path folder;

    @Test
    void predictsThroughAGeneratedClient() throws Exception {
        assumeTrue(Files.exists(GENERATOR), "no client was generated: there is no " + GENERATOR);
        Path description = folder.resolve("openapi.json");
        Files.writeString(description, http.get("/v1/openapi").text());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(java, "-jar", GENERATOR.toString(), "validate", "-i", description.toString()))
                .contains("No validation issues detected");
        run(
                java,
                "-jar",
                GENERATOR.toString(),
                "generate",
                "-g",
                "java",
                "-i",
                description.toString(),
                "-o",
                folder.resolve("client").toString(),
                "--library",
                "native",
                "--additional-properties",
                "openApiNullable=false,invokerPackage=org.anfinsen.client,apiPackage=org.anfinsen.client.api,"
                        + "modelPackage=org.anfinsen.client.model,hideGenerationTimestamp=true");

        Path program = folder.resolve("Program.java");
        try (InputStream source =
                GeneratedClientIT.class.getResourceAsStream("/org/anfinsen/service/client/Program.java.txt")) {
            Files.write(program, Objects.requireNonNull(source).readAllBytes());
        }
        List<String> compile = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-nowarn",
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                folder.resolve("classes").toString(),
                program.toString()));
        try (Stream<Path> sources = Files.walk(folder.resolve("client/src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> compile.add(file.toString()));
        }
        run(compile.toArray(String[]::new));
        String printed = run(
                java,
                "-cp",
                folder.resolve("classes") + File.pathSeparator + classPath(),
                "Program",
                Integer.toString(port),
                VILLIN,
                folder.toString());

        assertThat(printed.lines())
                .contains("model anfinsen-1", "refused 404", "residues 35, listed 1", "tm-score 1.0");
        assertThat(StructureReader.readFirstChain(folder.resolve("structure.pdb"))
                        .sequence()
                        .residues())
                .isEqualTo(VILLIN);
    }

    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
