package org.anfinsen.service.page;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The Chromium of this machine, without a screen, its graphics computed by the CPU. */
final class Browser implements AutoCloseable {

    static final String MISSING = "the page was not tested: there is no chromium with chromedriver on the PATH";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ChromeDriver driver;
    private final Path downloads;
    private final String root;

    private Browser(ChromeDriver driver, Path downloads, String root) {
        this.driver = driver;
        this.downloads = downloads;
        this.root = root;
    }

    static boolean isInstalled() {
        return program("chromium", "chromium-browser", "google-chrome").isPresent()
                && program("chromedriver").isPresent();
    }

    private static Optional<File> program(String... names) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Arrays.stream(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Opens a window whose inner side is as wide and as high as that, in pixels. */
    static Browser open(int port, int width, int height, boolean dark, Path downloads) {
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(
                program("chromium", "chromium-browser", "google-chrome").orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                // The page needs no other host; a request to one would be complained of.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--lang=en");
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        // A window cannot be as narrow as a telephone; the page's view of it can.
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return new Browser(driver, downloads, "http://127.0.0.1:" + port + "/");
    }

    void go(String hash) {
        driver.get("about:blank");
        driver.get(root + hash);
    }

    /** The first element that fits, once it is there. */
    WebElement find(String css) {
        return waitFor(
                "no element " + css,
                ignored -> driver.findElements(By.cssSelector(css)).stream()
                        .findFirst()
                        .orElse(null));
    }

    /** The button or link with this text, once it is there. */
    WebElement named(String element, String text) {
        return waitFor(
                "no " + element + " " + text,
                ignored -> driver.findElements(By.cssSelector(element)).stream()
                        .filter(each -> each.getText().strip().equals(text))
                        .findFirst()
                        .orElse(null));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    <T> T waitFor(String otherwise, Function<ChromeDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> otherwise + "; the page says: "
                        + driver.findElement(By.tagName("body")).getText())
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(ignored -> condition.apply(driver));
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** A downloaded file, once it is complete. */
    Path download(String name) {
        Path file = downloads.resolve(name);
        waitFor(name + " was not downloaded", ignored -> Files.exists(file) ? Boolean.TRUE : null);
        return file;
    }

    /** Keeps a picture of the whole page for people to look at, in {@code target/page}. */
    void photograph(String name) {
        Object picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Path folder = Files.createDirectories(Path.of("target", "page"));
            Files.write(folder.resolve(name + ".png"), OutputType.BYTES.convertFromBase64Png(String.valueOf(picture)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What on the page breaks the Web Content Accessibility Guidelines 2.2, levels A and AA, as far as axe-core can tell:
     * each rule with the elements that break it.
     */
    List<String> barriers() {
        try (InputStream script = ChromeDriver.class.getResourceAsStream("/axe.min.js")) {
            run(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
                axe.run({runOnly: tags}).then(
                    result => done(result.violations.map(rule =>
                        `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.html + " " + node.failureSummary).join("\\n")}`)),
                    error => done([String(error)]));
                """);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    /** What the browser complained of since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
