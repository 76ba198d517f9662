package org.qmk.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.server.engine.JobRecord;

/// The page in a real browser. Skipped, and said so, where there is no Chromium.
@Timeout(180)
final class PageBrowserTest {

    private static final String NUMBER = "Number(document.getElementById('%s').textContent)";

    @TempDir private static Path profile;
    private static Optional<ChromiumBrowser> shared = Optional.empty();

    @TempDir private Path folder;
    private PageServer server;
    private ChromiumBrowser browser;
    private PageServer.Guest alice;
    private PageServer.Guest bob;

    @BeforeAll
    static void startBrowser() throws IOException {
        Optional<Path> program = ChromiumBrowser.program();
        if (program.isEmpty()) {
            System.out.println("skipped: no chromium on the PATH; install the package chromium");
        }
        Assumptions.assumeTrue(program.isPresent(), "there is no Chromium");
        shared = Optional.of(new ChromiumBrowser(program.get(), profile));
    }

    @AfterAll
    static void stopBrowser() {
        shared.ifPresent(ChromiumBrowser::close);
    }

    @BeforeEach
    void start() throws IOException {
        browser = shared.orElseThrow();
        browser.forget();
        server =
                new PageServer(
                        folder,
                        MachineFile.shipped("quad-64"),
                        Policy.DEFAULT,
                        Duration.ofMillis(2));
        alice = server.guest("alice", 1);
        bob = server.guest("bob", 3);
        browser.size(1440, 1000);
        browser.prefer("light");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String text(String id) {
        return "document.getElementById('" + id + "').textContent";
    }

    private void logIn(String key) {
        browser.open(server.address() + "/");
        browser.await("!document.getElementById('login').hidden");
        browser.type("key", key);
        browser.click("login-button");
    }

    private void logInAs(String key) {
        logIn(key);
        browser.await("!document.getElementById('main').hidden");
        browser.await(text("state") + " !== 'connecting'");
    }

    /// What the browser complains of beyond the first answer, which is that nobody is logged in.
    private List<String> complaints() {
        return browser.complaints().stream().filter(text -> !text.contains("401")).toList();
    }

    @Test
    void a_wrong_key_is_refused_in_words() {
        logIn("wrong");

        browser.await(text("login-error") + ".includes('not good')");
        assertEquals("true", browser.value("document.getElementById('main').hidden"));
        assertEquals("", browser.value("document.getElementById('key').value"));
    }

    @Test
    void the_page_lives_and_keeps_no_key() {
        server.submit(bob, "long", PageServer.ghz(5, 400), 1_000_000, 1);
        logInAs("admin");

        browser.await(NUMBER.formatted("running") + " === 1");
        browser.await("document.querySelectorAll('#legend li').length === 2");
        String before = browser.value(text("epoch"));
        browser.await(text("epoch") + " !== '" + before + "'");
        browser.await("document.getElementById('state').textContent === 'live'");
        assertEquals("bob", browser.value("document.querySelector('#legend li').textContent"));
        assertEquals("", browser.value("document.cookie"), "scripts cannot read the session");
        assertEquals("0", browser.value("String(localStorage.length)"));
        assertEquals(List.of(), complaints());
    }

    @Test
    void a_job_is_shown_with_its_timeline_and_histogram() {
        JobRecord ended = server.end(server.submit(alice, "ghz", PageServer.ghz(3, 2), 500, 7));
        logInAs("alice");
        browser.await("document.querySelectorAll('#jobs tbody tr').length === 1");
        browser.value("document.querySelector('#jobs tbody button').click()");

        browser.await("document.querySelectorAll('.histogram tbody tr').length === 2");
        assertEquals(
                ended.results().counts().get("000").toString(),
                browser.value("document.querySelectorAll('.histogram tbody td')[2].textContent"));
        assertNotEquals(
                "0", browser.value("String(document.querySelectorAll('.timeline .wave').length)"));
        assertEquals(List.of(), complaints());
    }

    @Test
    void the_browser_verifies_the_proof_of_an_epoch_and_the_tenants_part() {
        JobRecord ended = server.end(server.submit(alice, "ghz", PageServer.ghz(2, 1), 10, 1));
        logInAs("alice");
        verify(ended.standing().endedEpoch());

        browser.await("document.querySelectorAll('#audit-steps .yes').length >= 4");
        String steps = browser.value("document.getElementById('audit-steps').innerText");
        assertTrue(steps.contains("signed by example.org/page"), steps);
        assertTrue(steps.contains("open its commitment"), steps);
        assertFalse(steps.contains("no Ed25519"), steps);
        String entry = browser.value("document.getElementById('audit-entry').innerText");
        assertTrue(entry.contains("job 1: COMPLETED, QMK-END-1"), entry);
        assertEquals(
                List.of(),
                complaints().stream().filter(text -> !text.contains("404")).toList(),
                "only that no head was signed yet");
    }

    private void verify(long epoch) {
        browser.await("document.getElementById('audit-key').value !== ''");
        browser.value("document.getElementById('audit-epoch').value = '" + epoch + "'");
        browser.click("audit-verify");
    }

    /// Whatever is changed in an honest answer, the browser says that it is wrong.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "proof.checkpoint = proof.checkpoint.replace(/\\n[0-9]+\\n/, '\\n7\\n')",
                "proof.epochs[0].index += 1",
                "proof.epochs[0].entry = flip(proof.epochs[0].entry, 9)",
                "proof.epochs[0].inclusion[0] = flip(proof.epochs[0].inclusion[0], 3)",
                "proof.epochs[0].inclusion.pop()",
                "proof.epochs[0].part = flip(proof.epochs[0].part, 1)",
                "proof.epochs[0].blind = flip(proof.epochs[0].blind, 5)",
                "proof.tenant += 1",
                "proof.checkpoint = proof.checkpoint.slice(0, -6) + 'AAAA=\\n'"
            })
    void a_proof_that_was_changed_is_refused(String change) {
        JobRecord ended = server.end(server.submit(alice, "ghz", PageServer.ghz(2, 1), 10, 1));
        server.engine.signHead().join();
        logInAs("alice");
        String script =
                """
                (async () => {
                  const { verify, bytes } = await import("/assets/merkle.js");
                  const flip = (text, at) => {
                    const array = bytes(text);
                    array[at] ^= 1;
                    return btoa(String.fromCharCode(...array));
                  };
                  const key = (await (await fetch("/page/audit")).json()).key;
                  const proof = await (await fetch("/page/audit/EPOCH")).json();
                  await verify(structuredClone(proof), key, EPOCH, () => {});
                  CHANGE;
                  try {
                    await verify(proof, key, EPOCH, () => {});
                    return "accepted";
                  } catch (wrong) {
                    return "refused: " + wrong.message;
                  }
                })()\
                """
                        .replace("EPOCH", Long.toString(ended.standing().endedEpoch()))
                        .replace("CHANGE", change);

        String answer = browser.value(script);

        assertTrue(answer.startsWith("refused: "), answer);
    }

    @Test
    void a_head_of_another_key_is_refused() {
        JobRecord ended = server.end(server.submit(alice, "ghz", PageServer.ghz(2, 1), 10, 1));
        logInAs("alice");
        browser.await("document.getElementById('audit-key').value !== ''");
        browser.value(
                "document.getElementById('audit-key').value ="
                        + " 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'");
        verify(ended.standing().endedEpoch());

        browser.await("document.querySelectorAll('#audit-steps .no').length === 1");
    }

    @Test
    void keyboard_and_table_tell_what_the_map_shows() {
        server.submit(bob, "long", PageServer.ghz(5, 400), 1_000_000, 1);
        logInAs("alice");
        browser.await("document.querySelectorAll('#legend li').length === 2");
        browser.value("document.getElementById('map').focus()");
        browser.key("ArrowRight");

        browser.await(text("map-readout") + ".startsWith('Module 0, block 0: held by others')");
        browser.key("End");
        browser.await(text("map-readout") + ".startsWith('Module 3, block 63: ')");
        browser.click("map-table-button");
        browser.await("document.querySelectorAll('#map-table tbody tr').length === 4");
        String row = browser.value("document.querySelector('#map-table tbody tr').innerText");
        assertTrue(row.contains("others"), row);
    }

    @Test
    void the_theme_follows_the_system_until_somebody_chooses() {
        logInAs("alice");
        String ground = "getComputedStyle(document.body).backgroundColor";
        String light = browser.value(ground);

        browser.prefer("dark");
        String dark = browser.value(ground);
        browser.value(
                "const t = document.getElementById('theme'); t.value = 'light';"
                        + " t.dispatchEvent(new Event('change'))");

        assertNotEquals(light, dark);
        assertEquals(light, browser.value(ground));
    }

    /// At each width nothing is wider than the window, and texts stand out from what is behind.
    @ParameterizedTest
    @ValueSource(ints = {400, 760, 900, 1440})
    void the_page_fits_its_window(int width) {
        server.submit(bob, "long", PageServer.ghz(5, 400), 1_000_000, 1);
        browser.size(width, 900);
        logInAs("admin");
        browser.await("document.querySelectorAll('#jobs tbody tr').length === 1");

        assertEquals(
                Integer.toString(width),
                browser.value("String(document.documentElement.scrollWidth)"));
        // Every control and drawing has a name, once the first picture is drawn.
        browser.await(
                "[...document.querySelectorAll('button, input, select, canvas')]"
                        + ".every((e) => e.labels?.length || e.textContent.trim()"
                        + " || e.getAttribute('aria-label') || e.getAttribute('aria-hidden'))");
    }
}
