package org.anfinsen.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.Quaternion;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** The page as people use it, in Chromium, with the default network behind it. */
final class PageIT extends NetworkServiceTest {

    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final int HIGH = 900;
    private static final int NARROW_HIGH = 740;

    @TempDir
    private Path downloads;

    private Browser browser;

    @BeforeAll
    static void needsABrowser() {
        assumeTrue(Browser.isInstalled(), Browser.MISSING);
    }

    @BeforeEach
    void open() {
        browser = Browser.open(port, WIDE, HIGH, false, downloads);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private void reopen(int width, int height, boolean dark) {
        browser.close();
        browser = Browser.open(port, width, height, dark, downloads);
    }

    /** Where the finished prediction of villin with two homologues is on the page. */
    private String villin() {
        String body =
                ">villin\n" + VILLIN + "\n>h1\n" + VILLIN.replace('K', 'R') + "\n>h2\n--" + VILLIN.substring(2) + "\n";
        String job = http.post("/v1/predictions", "text/x-a3m", body).header("Location");
        http.await(job, "done");
        return "#/jobs/" + job.substring(job.lastIndexOf('/') + 1);
    }

    private void showVillin() {
        browser.go(villin());
        browser.find(".viewer[data-ready]");
        browser.waitFor("no Ramachandran plot", page -> browser.all("figure").size() >= 5 ? true : null);
    }

    @Test
    void submitsASequenceShowsItsProgressAndThenItsResult() {
        browser.go("#/");
        browser.named("button", "Ubiquitin (76 residues)").click();
        browser.find("#recycles").sendKeys("6");
        browser.find("#seed").sendKeys(String.valueOf(System.nanoTime() % 1_000_000));
        browser.photograph("submit");
        browser.run("window.seen = []; new MutationObserver(() => {"
                + " const step = document.querySelector('.steps li[aria-current]');"
                + " if (step) window.seen.push(step.textContent + ' ' + document.querySelector('[role=status]').textContent"
                + "   + ' ' + step.closest('div').textContent);"
                + "}).observe(document.getElementById('main'), {childList: true, subtree: true});");
        browser.named("button", "Predict").click();
        browser.find(".viewer[data-ready]");

        assertThat(browser.driver().getCurrentUrl()).contains("#/jobs/");
        assertThat(browser.find("h1").getText()).isEqualTo("ubiquitin");
        assertThat(browser.find(".state").getText()).isEqualTo("done");
        assertThat(browser.run("return window.seen.join('\\n')").toString())
                .contains("predicting", "of at most 7", "mean pLDDT");
        assertThat(browser.all(".sequence button")).hasSize(76);
        assertThat(browser.find("section[aria-label='About this prediction']").getText())
                .contains("anfinsen-1", "SHA-256", "the sequence alone");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsStructurePlotsAndFiles() {
        showVillin();
        assertThat(browser.all("figure").stream().map(figure -> figure.getDomAttribute("aria-label")))
                .containsExactlyInAnyOrder(
                        "Confidence along the sequence",
                        "Predicted aligned error",
                        "Coverage of the alignment",
                        "Distogram: expected distance",
                        "Ramachandran plot");
        assertThat(browser.all(".viewer canvas")).isNotEmpty();
        assertThat(browser.find(".sequence button").getDomAttribute("aria-label"))
                .startsWith("L1, pLDDT ")
                .matches(".*(helix|strand|coil, turn or bend)");
        assertThat(browser.find("section[aria-label=Files]").getText())
                .contains("structure.cif", "mmCIF (ModelCIF)", "distogram.npz", "All as zip");
        assertThat(browser.find("section[aria-label=Geometry]").getText())
                .containsPattern("Ramachandran favoured\\s+\\d+ %")
                .containsPattern("Clashes per 1,000 atoms\\s+\\d+\\.\\d");
        browser.photograph("result");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void turnsTheStructureByButtonsAndByDragging() {
        showVillin();
        WebElement viewer = browser.find(".viewer");
        Picture before = Picture.of(viewer);
        assertThat(before.pixels()).as("pixels of the structure").isGreaterThan(2_000);
        browser.find("button[aria-label='Turn right']").click();
        browser.waitFor("the button turns nothing", page -> turned(viewer, before));
        browser.find("button[aria-label='Turn left']").click();
        browser.waitFor("turned back is not where it was", page -> same(viewer, before));
        browser.find("button[aria-label='Turn up']").click();
        browser.waitFor("the button turns nothing", page -> turned(viewer, before));
        browser.find("button[aria-label='Turn down']").click();
        browser.waitFor("turned back is not where it was", page -> same(viewer, before));
        assertThat(browser.complaints()).isEmpty();
        Picture dragged = browser.waitFor("dragging turns nothing", page -> {
            Actions drag =
                    new Actions(browser.driver()).moveToElement(viewer, -60, 20).clickAndHold();
            for (int step = 0; step < 9; step++) {
                drag = drag.moveByOffset(10, 4).pause(Duration.ofMillis(30));
            }
            drag.release().perform();
            return turned(viewer, before);
        });
        assertThat(dragged.pixels()).as("the structure is still there").isGreaterThan(before.pixels() / 4);
    }

    private static @Nullable Picture turned(WebElement viewer, Picture from) {
        Picture now = Picture.of(viewer);
        return now.pixels() > 0 && now.overlap(from) < 0.8 ? now : null;
    }

    private static @Nullable Picture same(WebElement viewer, Picture as) {
        Picture now = Picture.of(viewer);
        return now.overlap(as) > 0.97 ? now : null;
    }

    @Test
    void highlightsWhatIsPointedAt() {
        showVillin();
        WebElement map = browser.find("figure[aria-label='Predicted aligned error'] canvas");
        browser.run("arguments[0].scrollIntoView({block: 'center'})", map);
        int width = map.getSize().width;
        new Actions(browser.driver()).moveToElement(map, width / 4, -width / 5).perform();
        String caption = browser.find("figure[aria-label='Predicted aligned error'] figcaption")
                .getText();
        assertThat(caption).matches("aligned on [A-Z]\\d+, error at [A-Z]\\d+: \\d+\\.\\d Å");
        assertThat(browser.all(".sequence button.on")).hasSize(2);
        if (!browser.all(".msp-plugin").isEmpty()) {
            String shown = browser.waitFor(
                    "Mol* highlights nothing",
                    page -> browser.all(".msp-highlight-info").stream()
                            .map(WebElement::getText)
                            .filter(text -> !text.isBlank())
                            .findFirst()
                            .orElse(null));
            assertThat(shown).contains("2 Residues");
        }
        browser.photograph("pointed");
        new Actions(browser.driver()).moveToElement(browser.find("h1")).perform();
        assertThat(browser.all(".sequence button.on")).isEmpty();
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        showVillin();
        WebElement first = browser.find(".sequence button");
        browser.run("arguments[0].focus()", first);
        new Actions(browser.driver())
                .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
                .perform();
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("aria-label"))
                .startsWith(VILLIN.charAt(12) + "13, pLDDT");
        assertThat(browser.all(".sequence button[tabindex='0']")).hasSize(1);

        WebElement map = browser.find("figure[aria-label='Distogram: expected distance'] canvas");
        browser.run("arguments[0].focus()", map);
        new Actions(browser.driver())
                .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
                .perform();
        assertThat(browser.find("#announce").getDomProperty("textContent")).startsWith("S2 to D3: ");

        browser.go("#/");
        browser.find("form");
        WebElement skip = browser.find("a, button, input");
        browser.run("arguments[0].focus()", skip);
        assertThat(skip.getText()).isEqualTo("Skip to the content");
        assertThat(skip.getRect().getX()).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void putsNoBarriersInAnyonesWay(boolean dark) {
        String villin = villin();
        reopen(WIDE, HIGH, dark);
        for (String page : List.of("#/", "#/jobs", villin)) {
            browser.go(page);
            browser.find(page.equals(villin) ? ".viewer[data-ready]" : "#main *");
            assertThat(browser.barriers()).as(page).isEmpty();
        }
        browser.go("#/");
        browser.find("#sequence").sendKeys("MK1AY");
        browser.named("button", "Predict").click();
        browser.find("#faults .faults");
        assertThat(browser.barriers()).as("with a fault").isEmpty();
    }

    @Test
    void givesEveryControlAName() {
        List<String> pages = List.of("#/", "#/jobs", villin());
        for (String page : pages) {
            browser.go(page);
            browser.find("#main *");
            for (WebElement control :
                    browser.all("#main input, #main select, #main textarea, #main button, #main a, nav a")) {
                if (control.isDisplayed()) {
                    assertThat(control.getAccessibleName())
                            .as("%s on %s", control.getDomProperty("outerHTML"), page)
                            .isNotBlank();
                }
            }
            assertThat(browser.all("h1")).hasSize(1);
            assertThat(browser.all("main, nav[aria-label], header")).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void downloadsFilesUnderColabFoldsNames() throws IOException {
        showVillin();
        browser.named("a", "structure.pdb").click();
        Path pdb = browser.download("villin_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb");
        assertThat(StructureReader.readFirstChain(pdb).sequence().residues()).isEqualTo(VILLIN);
        browser.named("a", "All as zip").click();
        assertThat(Files.size(browser.download("villin.result.zip"))).isGreaterThan(10_000);
    }

    @Test
    void comparesWithAnUploadedStructureAndWithAnotherPrediction() throws IOException {
        String other = http.submit("villin-alone", VILLIN);
        http.await(other, "done");
        showVillin();
        ProteinStructure predicted = StructureReader.read(
                        "structure.pdb",
                        http.get(other + "/structure.pdb").response().body())
                .getFirst();
        RigidFrame motion =
                new RigidFrame(Rotation.ofQuaternion(new Quaternion(0.3, -0.5, 0.7, 0.2)), new Vector3(11, -7, 23));
        Path reference = downloads.resolve("native.pdb");
        Files.writeString(reference, String.join("\n", PdbWriter.atoms(predicted.moved(motion))) + "\nEND\n");

        browser.find("#native").sendKeys(reference.toString());
        assertThat(browser.find("table.scores caption").getText()).isEqualTo("Against native.pdb");
        assertThat(browser.find("table.scores").getText())
                .contains("TM-score", "lDDT (C-alpha)", "Residues compared 35", "Matched by residue numbers");
        browser.photograph("compared");
        browser.named("button", "Take it away").click();
        assertThat(browser.all("table.scores")).isEmpty();

        new Select(browser.find("#other")).selectByIndex(1);
        browser.find("table.scores caption");
        Files.writeString(reference, "no structure");
        browser.find("#native").sendKeys(reference.toString());
        assertThat(browser.find("section[aria-label=Compare] .faults").getText())
                .contains("cannot be compared");
    }

    @Test
    void saysWhereInputIsWrongAndPutsTheCursorThere() {
        browser.go("#/");
        browser.find("#sequence").sendKeys(">a\nMKTAY\n>b\nMK1AY\n");
        browser.named("button", "Predict").click();

        String fault = browser.find("#faults .faults").getText();
        assertThat(fault).contains("record 2 (b), line 4, column 3", "digit '1'", "Remove position numbers");
        assertThat(browser.find("#sequence").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.find("#faults").getDomAttribute("role")).isEqualTo("alert");
        assertThat(browser.run("const box = document.getElementById('sequence');"
                        + " return box.value.slice(box.selectionStart, box.selectionEnd)"))
                .isEqualTo("1");
        browser.photograph("fault");
    }

    @Test
    void readsADroppedAlignmentAsOne() {
        browser.go("#/");
        WebElement box = browser.find("#sequence");
        browser.run(
                "const data = new DataTransfer();"
                        + " data.items.add(new File(['>q\\nMKTAYIAK\\n>h\\nMK-AYIAK\\n'], 'family.a3m'));"
                        + " arguments[0].dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
                box);
        browser.waitFor(
                "the file is not read", page -> box.getDomProperty("value").startsWith(">q") ? true : null);
        assertThat(browser.find("#format").getDomProperty("value")).isEqualTo("a3m");
    }

    @Test
    void takesPastedRecordsWithGapsForAnAlignment() {
        browser.go("#/");
        browser.find("#sequence").sendKeys(">q\nMKTAYIAK\n>h\nMKTAYIAR\n");
        assertThat(browser.find("#format").getDomProperty("value")).isEqualTo("fasta");
        browser.find("#sequence").sendKeys(">h2\nMK-AYIAR\n");
        assertThat(browser.find("#format").getDomProperty("value")).isEqualTo("a3m");
    }

    @Test
    void cancelsAPrediction() {
        browser.go("#/");
        browser.find("#sequence").sendKeys(">long\n" + (VILLIN + "G").repeat(8));
        browser.find("#recycles").sendKeys("48");
        browser.find("#seed").sendKeys(String.valueOf(System.nanoTime() % 1_000_000));
        browser.named("button", "Predict").click();
        browser.named("button", "Cancel").click();
        assertThat(browser.find(".faults").getText()).isEqualTo("The job was cancelled");
        browser.go("#/jobs");
        browser.find("tbody tr");
        browser.photograph("jobs");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fitsATelephone(boolean dark) {
        String villin = villin();
        reopen(NARROW, NARROW_HIGH, dark);
        for (String page : List.of("#/", "#/jobs", villin)) {
            browser.go(page);
            browser.find(page.equals(villin) ? ".viewer[data-ready]" : "#main *");
            assertNoScrollingSideways(page);
        }
        browser.waitFor("no Ramachandran plot", page -> browser.all("figure").size() >= 5 ? true : null);
        assertNoScrollingSideways(villin);
        WebElement structure = browser.find(".viewer canvas");
        assertThat(structure.isDisplayed()).isTrue();
        assertThat(structure.getRect().height).isBetween(200, NARROW_HIGH * 2 / 3);
        assertThat(Picture.of(structure).pixels()).as("pixels of the structure").isGreaterThan(1_000);
        assertThat(browser.all(".msp-viewport-controls-buttons button").stream().filter(WebElement::isDisplayed))
                .hasSizeLessThanOrEqualTo(1);
        int files = browser.find("section[aria-label=Files]").getLocation().y;
        for (WebElement plot : browser.all("figure canvas.plot")) {
            assertThat(plot.getRect().width).isBetween(200, NARROW);
            assertThat(plot.getLocation().y).isLessThan(files);
        }
        assertThat(browser.named("a", "structure.pdb").isDisplayed()).isTrue();
        assertThat(browser.named("a", "All as zip").isDisplayed()).isTrue();
        browser.photograph(dark ? "narrow-dark" : "narrow");
        assertThat(browser.complaints()).isEmpty();
    }

    private void assertNoScrollingSideways(String page) {
        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .as(page)
                .isEqualTo(true);
    }

    @Test
    void followsADarkScheme() {
        String villin = villin();
        reopen(WIDE, HIGH, true);
        browser.go(villin);
        browser.find(".viewer[data-ready]");
        browser.waitFor("no Ramachandran plot", page -> browser.all("figure").size() >= 5 ? true : null);
        assertThat(luminance("backgroundColor")).isLessThan(0.05);
        assertThat((luminance("color") + 0.05) / (luminance("backgroundColor") + 0.05))
                .as("contrast of text")
                .isGreaterThan(7);
        browser.photograph("dark");
    }

    /** Relative luminance (WCAG) of a colour of the page. */
    private double luminance(String property) {
        String colour = browser.run("return getComputedStyle(document.body)." + property)
                .toString();
        double[] parts = Arrays.stream(colour.replaceAll("[^0-9,]", "").split(","))
                .mapToDouble(part -> Double.parseDouble(part) / 255)
                .map(part -> part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
                .toArray();
        assertThat(parts).as(colour.toLowerCase(Locale.ROOT)).hasSizeGreaterThanOrEqualTo(3);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
