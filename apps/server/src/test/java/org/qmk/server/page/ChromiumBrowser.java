package org.qmk.server.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium with one page, driven over its DevTools protocol.
final class ChromiumBrowser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser");
    private static final String LISTENS = "DevTools listening on ";
    private static final int SECONDS = 60;

    private final JsonMapper mapper = new JsonMapper();
    private final Process process;
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /// The program, where this machine has one.
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(":")) {
            for (String name : NAMES) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    ChromiumBrowser(Path program, Path profile) throws IOException {
        var builder =
                new ProcessBuilder(
                                program.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true);
        // What it leaves behind is to go with the profile.
        builder.environment().put("TMPDIR", profile.toString());
        process = builder.start();
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(address()), new Listener())
                        .join();
        String target =
                call("", "Target.createTarget", Map.of("url", "about:blank"))
                        .get("targetId")
                        .asString();
        session =
                call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                        .get("sessionId")
                        .asString();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    /// The address that the browser says it listens at; its further output is read and dropped.
    private String address() throws IOException {
        var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (!line.startsWith(LISTENS)) continue;
            Thread.ofVirtual().start(() -> reader.lines().forEach(_ -> {}));
            return line.substring(LISTENS.length()).strip();
        }
        throw new IOException("Chromium ended: " + lines);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(mapper.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(JsonNode message) {
        JsonNode id = message.get("id");
        if (id != null) {
            answers.remove(id.asInt()).complete(message);
            return;
        }
        switch (message.get("method").asString()) {
            case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(message.toString());
            default -> {}
        }
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        return call(session, method, parameters);
    }

    private JsonNode call(String in, String method, Map<String, Object> parameters) {
        int id = calls.incrementAndGet();
        var request = mapper.createObjectNode().put("id", id).put("method", method);
        request.set("params", mapper.valueToTree(parameters));
        if (!in.isEmpty()) request.put("sessionId", in);
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        socket.sendText(request.toString(), true);
        JsonNode message = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (message.has("error")) throw new IllegalStateException(method + ": " + message);
        return message.get("result");
    }

    /// Forgets who was logged in, and all complaints.
    void forget() {
        open("about:blank");
        call("Network.clearBrowserCookies", Map.of());
        complaints.clear();
    }

    void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// @param scheme `light` or `dark`
    void prefer(String scheme) {
        var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /// The value of an expression, which may be a promise, as text.
    String value(String expression) {
        JsonNode result =
                call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true));
        if (result.has("exceptionDetails")) throw new IllegalStateException(result.toString());
        JsonNode value = result.get("result").get("value");
        return value == null ? "" : value.asString();
    }

    /// Waits in the browser until an expression is true, and says what it was last if it never is.
    void await(String condition) {
        String script =
                """
                new Promise((done) => {
                  const began = performance.now();
                  const look = () => {
                    let is = false;
                    try { is = (CONDITION); } catch (e) { is = false; }
                    if (is) done("yes");
                    else if (performance.now() - began > 20000) done("no");
                    else setTimeout(look, 25);
                  };
                  look();
                })\
                """
                        .replace("CONDITION", condition);
        String answer = value(script);
        if (answer.equals("yes")) return;
        throw new AssertionError(
                "never true: "
                        + condition
                        + "; complaints: "
                        + complaints
                        + "; the page says: "
                        + value("document.body.innerText"));
    }

    /// Types into a field as a person does.
    void type(String id, String text) {
        value("document.getElementById('" + id + "').focus()");
        call("Input.insertText", Map.of("text", text));
    }

    void key(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key));
        }
    }

    void click(String id) {
        value("document.getElementById('" + id + "').click()");
    }

    /// The whole page as a PNG.
    void screenshot(Path file) {
        JsonNode shot =
                call(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        try {
            Files.write(file, Base64.getDecoder().decode(shot.get("data").asString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What the browser complained of: uncaught exceptions, blocked loads, answers that failed.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            call("", "Browser.close", Map.of());
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            socket.abort();
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
