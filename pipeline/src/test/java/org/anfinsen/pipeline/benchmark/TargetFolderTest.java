package org.anfinsen.pipeline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetFolderTest {

    private static final String ATOM =
            "ATOM      1  CA  ALA A%4d      11.000  12.000  13.000  1.00 50.00           C\n";

    @TempDir
    private Path folder;

    @Test
    void findsSequencesAlignmentsAndNativesByName() throws Exception {
        write("a/T1.fasta", ">some other name\nMKTAY\n");
        write("a/T1.a3m", ">T1\nMKTAY\n>row\nMK-AY\n");
        write("a/T1-D1.pdb", ATOM.formatted(1));
        write("a/T1-D2.pdb", ATOM.formatted(2));
        write("peer/method/T1-D1.pdb", "not a native");
        write("many.fasta", ">x\nMKT\n>y\nACD\n");
        write("natives/x.pdb", ATOM.formatted(1));
        write("targets.tsv", "not read");

        Map<String, TargetInput> targets = read(TargetLimits.DEFAULT);

        assertThat(targets).containsOnlyKeys("T1", "x", "y");
        assertThat(targets.get("T1").a3m()).contains("MK-AY");
        assertThat(targets.get("T1").natives()).extracting(NativeDomain::name).containsExactly("T1-D1", "T1-D2");
        assertThat(targets.get("x").natives()).hasSize(1);
        assertThat(targets.get("y").natives()).isEmpty();
    }

    @Test
    void reportsABrokenTargetAndKeepsTheOthers() throws Exception {
        write("good.fasta", ">good\nMKTAY\n");
        write("digit.fasta", ">digit\nMK1TAY\n");
        write("other.fasta", ">other\nMKTAY\n");
        write("other.a3m", ">other\nMKTAV\n");

        Map<String, TargetInput> targets = read(TargetLimits.DEFAULT);

        assertThat(targets.get("good").fault()).isNull();
        assertThat(targets.get("digit").fault()).contains("digit");
        assertThat(targets.get("other").fault()).contains("first row is not the target's sequence");
    }

    @Test
    void cutsDomainsOutOfTheWholeNative() throws Exception {
        write("T2.fasta", ">T2\nMKTAY\n");
        write("T2.pdb", ATOM.formatted(1) + ATOM.formatted(2) + ATOM.formatted(3) + ATOM.formatted(4));
        write("domains.tsv", "T2-D1 1-2\nT2-D2 3,4-4\n");

        List<NativeDomain> natives = read(TargetLimits.DEFAULT).get("T2").natives();

        assertThat(natives).extracting(NativeDomain::name).containsExactly("T2-D1", "T2-D2");
        assertThat(natives.get(0).content())
                .contains(ATOM.formatted(2).strip())
                .doesNotContain(ATOM.formatted(3).strip());
        assertThat(natives.get(1).content())
                .contains(ATOM.formatted(4).strip())
                .doesNotContain(ATOM.formatted(2).strip());
    }

    @Test
    void takesTheShortestOfThoseThatAreNotTooLong() throws Exception {
        write("all.fasta", ">long\nMKTAYIAKQR\n>short\nMKT\n>middle\nMKTAY\n");

        assertThat(read(TargetLimits.DEFAULT.choosing(9, 1))).containsOnlyKeys("short");
        assertThat(read(TargetLimits.DEFAULT.choosing(9, 9))).containsOnlyKeys("short", "middle");
        assertThatThrownBy(() -> read(TargetLimits.DEFAULT.choosing(2, 9)))
                .isInstanceOf(InvalidTargetsException.class)
                .hasMessageContaining("more than 2 residues");
    }

    @Test
    void refusesAFolderWithoutTargets() throws IOException {
        write("readme.txt", "nothing");

        assertThatThrownBy(() -> read(TargetLimits.DEFAULT)).isInstanceOf(InvalidTargetsException.class);
    }

    @Test
    void readsAllCaspTargetsAsTheyAreUnpacked() throws Exception {
        Path casp = Path.of(System.getProperty("anfinsen.shared"), "data", "casp");
        assumeTrue(Files.isDirectory(casp), "no " + casp + ": its 50 targets and 66 natives were not read");

        int natives = 0;
        TargetFolder targets = new TargetFolder(casp, TargetLimits.DEFAULT);
        for (TargetInput target : targets) {
            assertThat(target.fault()).as(target.name()).isNull();
            assertThat(target.natives()).as(target.name()).isNotEmpty();
            natives += target.natives().size();
        }

        assertThat(targets.size()).isEqualTo(55);
        assertThat(natives).isEqualTo(66);
    }

    private Map<String, TargetInput> read(TargetLimits limits) throws IOException, InvalidTargetsException {
        Map<String, TargetInput> targets = new HashMap<>();
        new TargetFolder(folder, limits).forEach(target -> targets.put(target.name(), target));
        return targets;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
