package org.qmk.server.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files that the browser loads. They are few and small, and kept in memory.
final class PageFiles {

    static final String INDEX = "index.html";

    private static final String FOLDER = "/page/";

    /// All files, and what they are.
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry(INDEX, "text/html; charset=utf-8"),
                    Map.entry("page.css", "text/css; charset=utf-8"),
                    Map.entry("icon.svg", "image/svg+xml"),
                    script("audit.js"),
                    script("charts.js"),
                    script("dom.js"),
                    script("health.js"),
                    script("jobs.js"),
                    script("machine-map.js"),
                    script("merkle.js"),
                    script("palette.js"),
                    script("page.js"),
                    script("rates.js"),
                    script("server.js"),
                    script("tenants.js"),
                    script("theme.js"));

    private record Loaded(byte[] bytes, String type, String etag) {}

    private final Map<String, Loaded> files = new TreeMap<>();

    PageFiles() {
        TYPES.forEach((name, type) -> files.put(name, load(name, type)));
    }

    private static Map.Entry<String, String> script(String name) {
        return Map.entry(name, "text/javascript; charset=utf-8");
    }

    private static Loaded load(String name, String type) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) throw new IllegalStateException("the page lacks " + name);
            byte[] bytes = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Loaded(bytes, type, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
        } catch (IOException | NoSuchAlgorithmException unreadable) {
            throw new IllegalStateException("the page lacks " + name, unreadable);
        }
    }

    /// Answers with a file. The browser asks each time whether its copy is still good.
    void send(String name, Context ctx) {
        Optional<Loaded> found = Optional.ofNullable(files.get(name));
        if (found.isEmpty()) {
            ctx.status(404).contentType("text/plain; charset=utf-8").result("no such file\n");
            return;
        }
        Loaded file = found.get();
        ctx.header("Cache-Control", "no-cache").header("ETag", file.etag());
        if (isKnown(file.etag(), ctx.header("If-None-Match"))) ctx.status(304);
        else ctx.contentType(file.type()).result(file.bytes());
    }

    private static boolean isKnown(String etag, String known) {
        if (known == null) return false;
        for (String each : known.split(",")) {
            // Compressing on the way makes a weak tag of a strong one.
            String tag = each.strip();
            if (tag.equals(etag) || tag.equals("W/" + etag) || tag.equals("*")) return true;
        }
        return false;
    }
}
