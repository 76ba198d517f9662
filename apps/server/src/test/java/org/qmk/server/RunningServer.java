package org.qmk.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qmk.cli.serve.ServeOptions;
import tools.jackson.databind.JsonNode;

/// A server in this process, on loopback, whose user is the tenant `local` on its socket.
final class RunningServer implements AutoCloseable {

    static final String TENANT = "local";

    static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
                    + " c = measure q;";

    final Path folder;
    final Server server;
    final String admin;
    final List<String> said = new ArrayList<>();

    /// @param more lines of the configuration file
    RunningServer(Path folder, String... more) throws Exception {
        this.folder = folder;
        server = Server.start(configuration(folder, more), said::add);
        Path keys = folder.resolve("admin.key");
        for (String line : said) {
            String words = "shown this once: ";
            int at = line.indexOf(words);
            if (at >= 0) Files.writeString(keys, line.substring(at + words.length()));
        }
        admin = Files.readString(keys);
    }

    static Configuration configuration(Path folder, String... more) throws Exception {
        List<String> lines = new ArrayList<>();
        String all = String.join("\n", more);
        if (!all.contains("listen:")) lines.add("listen: 127.0.0.1:0");
        lines.add("grpc_port: 0");
        lines.add("data_dir: " + folder.resolve("data"));
        lines.add("unix: " + socket(folder));
        if (!all.contains("machine:")) lines.add("machine: quad-64");
        if (!all.contains("space_left_mb:")) lines.add("space_left_mb: 1");
        lines.add("users: {%s: %s}".formatted(System.getProperty("user.name"), TENANT));
        lines.add(all);
        Path file = Files.write(folder.resolve("qmk.yaml"), lines);
        var options =
                new ServeOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(file),
                        false);
        return Configuration.of(options, "qmk-operator");
    }

    static Path socket(Path folder) {
        return folder.resolve("s");
    }

    Path socket() {
        return socket(folder);
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /// A new tenant's key.
    String tenant(String name, Object... settings) throws Exception {
        Map<String, Object> params = new java.util.HashMap<>(Map.of("name", name));
        for (int i = 0; i < settings.length; i += 2) {
            params.put(settings[i].toString(), settings[i + 1]);
        }
        result(admin, "q_tenant_create", params);
        return result(admin, "q_key_create", Map.of("tenant", name)).get("api_key").asString();
    }

    JsonNode result(String key, String method, Map<String, ?> params) throws Exception {
        JsonNode answer = LineClient.JSON.readTree(post(key, method, params).body());
        if (!answer.has("result")) throw new AssertionError(method + ": " + answer);
        return answer.get("result");
    }

    HttpResponse<String> post(String key, String method, Map<String, ?> params)
            throws IOException, InterruptedException {
        return post(key, LineClient.request(1, method, params));
    }

    HttpResponse<String> post(String key, String body) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(address() + "/rpc"))
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    static Map<String, Object> bell(long shots, long seed) {
        return Map.of("source", BELL, "policy", Map.of("shots", shots, "seed", seed));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
