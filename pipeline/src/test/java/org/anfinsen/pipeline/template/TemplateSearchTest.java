package org.anfinsen.pipeline.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.search.Searches;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateSearchTest {

    private static final String RESIDUES = "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAVAEEIGGKAIALDVTDEEAVKALVEKAEREFGRL";
    private static final Alignment QUERY = Alignment.ofQuery(new ProteinSequence("q", RESIDUES));
    private static final Predictor.Monitor NOBODY = (state, progress) -> {};

    /** A relative with four residues before, five residues inserted after the query's 30th, and the last ten missing. */
    private static final String RELATIVE =
            "GSHM" + RESIDUES.substring(0, 30).replace('A', 'S') + "PPGPG" + RESIDUES.substring(30, 63);

    @TempDir
    Path directory;

    private final List<String> leftOut = new ArrayList<>();

    @BeforeEach
    void addLibrary() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("structures/sub"));
        StructureFiles.pdb(folder.resolve("1own.pdb"), RESIDUES, "01-JUN-21");
        StructureFiles.pdb(folder.resolve("1rel.pdb"), RELATIVE, "14-MAY-20");
        StructureFiles.pdb(folder.resolve("1nod.pdb"), RESIDUES.replace('V', 'I'), "");
        StructureFiles.pdb(folder.resolve("1oth.pdb"), "GSTPDNEQWC".repeat(8), "14-MAY-90");
        Files.writeString(folder.resolve("broken.cif"), "data_x\nnonsense");
        TemplateSearch.libraries(directory).add("lib", directory.resolve("structures"), leftOut::add);
    }

    private List<Template> find(TemplateSearch search, @Nullable LocalDate dateMax, double identityMax)
            throws Predictor.PredictionFailedException {
        return search.run(QUERY, search.plan(List.of("lib"), dateMax, identityMax), NOBODY);
    }

    private List<String> found(@Nullable LocalDate dateMax, double identityMax) throws Exception {
        return find(Searches.templatesIn(directory), dateMax, identityMax).stream()
                .map(Template::id)
                .toList();
    }

    @Test
    void indexesWhatCanBeReadAndNamesTheRest() throws IOException {
        assertThat(leftOut).singleElement().asString().contains("broken.cif");
        TemplateLibrary library = TemplateSearch.libraries(directory).list().getFirst();
        assertThat(library.chains()).isEqualTo(4);
        assertThat(library.files()).isEqualTo(4);
        assertThat(library.checksum()).hasSize(64);
    }

    @Test
    void findsRelativesBestFirst() throws Exception {
        assertThat(found(null, 1)).containsExactly("1own_A", "1nod_A", "1rel_A");
    }

    @Test
    void leavesOutWhatIsTooYoungOrOfUnknownAge() throws Exception {
        assertThat(found(LocalDate.of(2022, 1, 1), 1)).containsExactly("1own_A", "1rel_A");
        assertThat(found(LocalDate.of(2020, 5, 14), 1)).containsExactly("1rel_A");
        assertThat(found(LocalDate.of(2020, 5, 13), 1)).isEmpty();
    }

    @Test
    void leavesOutWhatIsTooSimilar() throws Exception {
        assertThat(found(null, 0.99)).containsExactly("1nod_A", "1rel_A");
        assertThat(found(null, 0.5)).isEmpty();
    }

    @Test
    void laysTheChainAlongTheQuery() throws Exception {
        Template template = find(Searches.templatesIn(directory), LocalDate.of(2020, 5, 14), 1)
                .getFirst();
        assertThat(template.released()).isEqualTo(LocalDate.of(2020, 5, 14));
        assertThat(template.coverage()).isBetween(0.8, 0.9);
        AlignedTemplate aligned = template.aligned();
        assertThat(aligned.aatype()).hasSize(RESIDUES.length()).endsWith(AlignedTemplate.GAP, AlignedTemplate.GAP);
        assertThat(aligned.positions().isPresent(72, Atom.CA)).isFalse();
        // The file has residue i at a height of 1.5 i: the query's first one is its fifth, the 41st its 50th.
        assertThat(aligned.positions().at(0, Atom.N).z()).isEqualTo(1.5 * 4);
        assertThat(aligned.positions().at(40, Atom.N).z()).isEqualTo(1.5 * 49);
    }

    @Test
    void findsTheSameByProfile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/hhsearch")), "not checked: templates by profile, no hhsearch");
        TemplateSearch search =
                TemplateSearch.open(directory, Searches.options("/usr/bin/hhsearch", Duration.ofMinutes(1)));
        List<Template> templates = find(search, null, 1);
        assertThat(templates).extracting(Template::id).containsExactlyInAnyOrder("1own_A", "1nod_A", "1rel_A");
        assertThat(templates)
                .allSatisfy(template -> assertThat(template.engine()).startsWith("hhsearch 3"));
        Template relative = templates.stream()
                .filter(template -> template.id().equals("1rel_A"))
                .findFirst()
                .orElseThrow();
        assertThat(relative.aligned().positions().at(40, Atom.N).z()).isEqualTo(1.5 * 49);
    }

    @Test
    void refusesALibraryThatChanged() throws Exception {
        TemplateSearch search = Searches.templatesIn(directory);
        TemplatePlan plan = search.plan(List.of("lib"), null, 1);
        StructureFiles.pdb(directory.resolve("structures/sub/1own.pdb"), RESIDUES, "02-JUN-21");
        TemplateLibraries libraries = TemplateSearch.libraries(directory);
        TemplateLibrary library = libraries.find("lib").orElseThrow();
        assertThat(libraries.verify(library))
                .isEqualTo(new TemplateLibraries.Verification.Changed(List.of("sub/1own.pdb")));
        Predictor.PredictionFailedException changed =
                catchThrowableOfType(Predictor.PredictionFailedException.class, () -> search.run(QUERY, plan, NOBODY));
        assertThat(changed.failure().message()).contains("1own_A");

        libraries.remove("lib");
        libraries.add("lib", directory.resolve("structures"), leftOut::add);
        assertThat(libraries.verify(libraries.find("lib").orElseThrow()))
                .isEqualTo(new TemplateLibraries.Verification.Unchanged());
        Predictor.PredictionFailedException replaced =
                catchThrowableOfType(Predictor.PredictionFailedException.class, () -> search.run(QUERY, plan, NOBODY));
        assertThat(replaced.failure().code()).isEqualTo("templates-changed");
    }

    @Test
    void refusesNamesFoldersAndEmptyFolders() throws IOException {
        TemplateLibraries libraries = TemplateSearch.libraries(directory);
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertThatThrownBy(() -> libraries.add("../x", empty, leftOut::add)).hasMessageContaining("../x");
        assertThatThrownBy(() -> libraries.add("lib", empty, leftOut::add)).hasMessageContaining("already");
        assertThatThrownBy(() -> libraries.add("new", empty, leftOut::add)).hasMessageContaining("no PDB or mmCIF");
        assertThatThrownBy(() -> libraries.add("new", directory.resolve("nowhere"), leftOut::add))
                .hasMessageContaining("nowhere");
        assertThat(libraries.list()).extracting(TemplateLibrary::name).containsExactly("lib");
    }
}
