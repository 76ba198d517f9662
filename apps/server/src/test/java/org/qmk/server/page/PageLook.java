package org.qmk.server.page;

import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.*;
import org.qmk.machine.MachineFile;
import org.qmk.device.*;

class PageLook {
    @TempDir Path folder;

    @Test void look() throws Exception {
        for (String machine : System.getProperty("machines", "quad-64").split(",")) look(machine);
    }

    void look(String machine) throws Exception {
        Path out = Path.of("/tmp/pagelook");
        int n = machine.equals("hundred-modules") ? 14 : 5;
        try (var server = new PageServer(folder.resolve(machine), MachineFile.shipped(machine), Policy.DEFAULT, Duration.ofMillis(machine.equals("quad-64") ? 6 : 2));
             var browser = new ChromiumBrowser(ChromiumBrowser.program().orElseThrow(), folder.resolve("p" + machine))) {
            String[] names = {"alice", "bob", "chemistry", "delta", "error-correction-lab", "f", "g", "h", "i", "j", "k", "l", "m", "n"};
            List<PageServer.Guest> guests = new ArrayList<>();
            for (int i = 0; i < n; i++) guests.add(server.guest(names[i], 1 + i % 3));
            int scale = machine.equals("hundred-modules") ? 40 : 1;
            for (int k = 0; k < 30 * scale; k++) for (int i = 0; i < n; i++)
                server.submit(guests.get(i), "ghz-" + (2 + i + k % 3), PageServer.ghz(2 + (i + k) % 6, 3 + 8 * (i % 3)), 400 + 100 * i, k);
            server.engine.look(_ -> {
                server.follower.took(new Input.Purify(0, Purification.DEJMPS, 1), List.of(
                  new Notice.ModeChanged(Condition.DRIFT, 1, 1), new Notice.ModeChanged(Condition.FACTORY, 2, 2), new Notice.ModeChanged(Condition.HOT_MODULE, 2, 1), new Notice.ModeChanged(Condition.LINK, 3, 2)));
                return 1;
            }).join();
            browser.size(1440, 1000);
            browser.prefer("light");
            browser.open(server.address() + "/");
            browser.await("!document.getElementById('login').hidden");
            browser.screenshot(out.resolve(machine + "-login.png"));
            browser.type("key", "admin");
            browser.click("login-form button[type=submit]".isEmpty() ? "" : "login-title");
            browser.value("document.querySelector('#login-form button').click()");
            browser.await("document.getElementById('epoch').textContent !== '–'");
            browser.await("document.querySelectorAll('#jobs tbody tr').length > 5");
            browser.await("(window.t0 ??= performance.now()) && performance.now() - window.t0 > 4000");
            browser.value("[...document.querySelectorAll('#jobs tbody tr button')].at(-1).click()");
            browser.await("document.querySelectorAll('#job dl').length > 0");
            browser.click("audit-sign");
            browser.await("document.getElementById('audit-epoch').value !== ''");
            browser.click("audit-verify");
            browser.await("document.querySelectorAll('#audit-steps li').length >= 3");
            browser.await("(window.t1 ??= performance.now()) && performance.now() - window.t1 > 1500");
            browser.screenshot(out.resolve(machine + "-admin-light.png"));
            browser.prefer("dark");
            browser.screenshot(out.resolve(machine + "-admin-dark.png"));
            System.out.println("COMPLAINTS " + browser.complaints());
            browser.value("fetch('/page/logout',{method:'POST'}).then(()=>location.reload())");
            browser.await("!document.getElementById('login').hidden && document.getElementById('main').hidden");
            browser.type("key", "bob");
            browser.value("document.querySelector('#login-form button').click()");
            browser.await("document.getElementById('epoch').textContent !== '–'");
            browser.await("document.querySelectorAll('#jobs tbody tr').length > 2");
            browser.value("[...document.querySelectorAll('#jobs tbody tr button')].at(-3).click()");
            browser.await("document.querySelectorAll('#job dl').length > 0");
            browser.click("audit-sign");
            browser.await("document.getElementById('audit-epoch').value !== ''");
            browser.click("audit-verify");
            browser.await("document.querySelectorAll('#audit-steps li').length >= 3");
            browser.await("(window.t1 ??= performance.now()) && performance.now() - window.t1 > 2500");
            browser.screenshot(out.resolve(machine + "-tenant-dark.png"));
            browser.prefer("light");
            browser.size(400, 900);
            browser.await("(window.t2 ??= performance.now()) && performance.now() - window.t2 > 1500");
            browser.screenshot(out.resolve(machine + "-narrow.png"));
            browser.size(900, 900);
            browser.await("(window.t3 ??= performance.now()) && performance.now() - window.t3 > 1500");
            browser.screenshot(out.resolve(machine + "-medium.png"));
            System.out.println("COMPLAINTS " + browser.complaints());
        }
    }
}
