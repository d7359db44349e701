package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.structure.file.StructureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that openapi-generator makes of the service's own description, compiled and used as in {@code examples/}. */
final class GeneratedClientIT extends NetworkServiceTest {

    private static final Path GENERATOR = Path.of("target", "openapi-generator", "openapi-generator-cli.jar");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"), "bin");
    private static final String JAVA = JAVA_HOME.resolve("java").toString();

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void predictsThroughAGeneratedClient() throws Exception {
        compile(generate());
        predictsRecords();
        doesAllElse();
    }

    private void predictsRecords() throws IOException, InterruptedException {
        Path fasta = folder.resolve("two.fasta");
        Files.writeString(fasta, ">first\n" + VILLIN + "\n>second\n" + VILLIN.substring(5) + "\n");

        assertThat(predict(fasta).lines()).containsExactly("first: done, 35 residues", "second: done, 30 residues");
        Path pdb = folder.resolve("out/first_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb");
        assertThat(StructureReader.readFirstChain(pdb).sequence().residues()).isEqualTo(VILLIN);
        assertThat(folder.resolve("out/second_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb"))
                .isNotEmptyFile();

        Files.writeString(fasta, ">one\n" + VILLIN + "\n");
        assertThat(predict(fasta).lines()).containsExactly("one: done, 35 residues");
    }

    private void doesAllElse() throws IOException, InterruptedException {
        assertThat(use("ClientTour", VILLIN).lines().map(line -> line.replaceFirst("(?<=^msa: )[1-9].*", "there")))
                .containsExactly(
                        "tour: done, supplied, recycles 1, seed 7",
                        "listed: 1 true",
                        "plddt: 35, pae: 35",
                        "msa: there",
                        "removed: null",
                        "There is nothing at this address",
                        "cancelled: true",
                        "cancelled",
                        "/v1/problems/invalid-input 400",
                        "digit-in-sequence sequence 2 4",
                        "out-of-range recycles null null");
    }

    private Path generate() throws IOException, InterruptedException {
        Path description = folder.resolve("openapi.json");
        Files.writeString(description, http.get("/v1/openapi").text());
        Path client = folder.resolve("client");
        String said = run(
                JAVA,
                "-jar",
                GENERATOR.toString(),
                "generate",
                "--generator-name",
                "java",
                "--library",
                "native",
                "--input-spec",
                description.toString(),
                "--output",
                client.toString(),
                "--additional-properties",
                "useJakartaEe=true,openApiNullable=false,useSingleRequestParameter=true,invokerPackage=org.anfinsen.client,"
                        + "apiPackage=org.anfinsen.client.api,modelPackage=org.anfinsen.client.model");
        // It renames operations that it takes for words of the language, so that their names differ between languages.
        assertThat(said).doesNotContain("cannot be used as method name");
        return client;
    }

    private void compile(Path client) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA_HOME.resolve("javac").toString(),
                "-nowarn",
                "-proc:none",
                "-cp",
                libraries(),
                "-d",
                folder.resolve("classes").toString(),
                Path.of(System.getProperty("anfinsen.root"), "examples", "GeneratedClient.java")
                        .toString(),
                Path.of("src", "test", "resources", "client", "ClientTour.java").toString()));
        try (Stream<Path> sources = Files.walk(client.resolve("src/main/java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
        }
        run(command.toArray(String[]::new));
    }

    private String predict(Path fasta) throws IOException, InterruptedException {
        return use("GeneratedClient", fasta.toString(), folder.resolve("out").toString());
    }

    /** Runs a program that uses the client on this service. */
    private String use(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-cp",
                folder.resolve("classes") + File.pathSeparator + libraries(),
                program,
                "http://127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Jackson and Jakarta's annotations, on which the client stands, are among the service's own libraries. */
    private static String libraries() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s\n%s", String.join(" ", command), output)
                .isZero();
        return output;
    }
}
