package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.runtime.client.ClientSetting;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteTenant;
import org.qmk.runtime.client.ServerAddress;
import org.qmk.runtime.client.TenantTerms;

/// Runs what the tenants' guide shows, with a shell, the command in processes of its own, and a
/// server.
@Timeout(300)
class TenantGuideTest {

    private static final Pattern CONSOLE = Pattern.compile("(?s)```console\\n(.*?)```");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");

    @TempDir private Path folder;

    private static Path root() {
        return Path.of(System.getProperty("qmk.root", "../..")).toAbsolutePath().normalize();
    }

    private static String guide() throws IOException {
        return Files.readString(root().resolve("docs/guide/tenant.md"));
    }

    private Server serve(String user) throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("qmk.yaml"),
                        "machine: quad-64\ngrpc_port: 0\nusers: {%s: local}\n".formatted(user));
        var options =
                new ServeOptions(
                        Optional.of("127.0.0.1:0"),
                        Optional.empty(),
                        Optional.of(folder.resolve("qmk-data")),
                        Optional.empty(),
                        Optional.of(config),
                        false);
        return Server.start(Configuration.of(options, user), _ -> {});
    }

    /// The tenant that who runs the server is, if the server has not made it.
    private void expectLocal() throws Exception {
        var socket = new ServerAddress.Unix(folder.resolve("qmk-data/qmk.sock"));
        try (var client = QmkClient.of(ClientSetting.of(socket, Optional.empty()))) {
            var names = client.tenants().stream().map(RemoteTenant::name).toList();
            if (!names.contains("local")) client.createTenant("local", TenantTerms.DEFAULT);
        }
    }

    /// Stands for the launcher. With a key, the server is the one over HTTP.
    private void writeLauncher(int port) throws IOException {
        Path launcher = folder.resolve("qmk");
        Files.writeString(
                launcher,
                """
                #!/bin/sh
                [ -z "$QMK_API_KEY" ] || export QMK_SERVER=http://127.0.0.1:%d
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m \\
                    -cp '%s' org.qmk.cli.Main "$@"
                """
                        .formatted(
                                port,
                                System.getProperty("java.home"),
                                System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private void copyExamples(String guide) throws IOException {
        Files.createDirectories(folder.resolve("examples"));
        Matcher example = Pattern.compile("examples/[a-z_]+\\.qasm").matcher(guide);
        while (example.find()) {
            Path to = folder.resolve(example.group());
            if (!Files.exists(to)) Files.copy(root().resolve(example.group()), to);
        }
    }

    @Test
    void every_command_of_the_guide_runs() throws Exception {
        String guide = guide();
        List<String> script = new ArrayList<>(List.of("set -e"));
        for (Matcher block = CONSOLE.matcher(guide); block.find(); ) {
            for (String line : block.group(1).split("\n")) {
                assertTrue(line.startsWith("$ "), line);
                script.add("echo '" + line.replace("'", "'\\''") + "' >&2");
                script.add(line.substring(2));
            }
        }
        copyExamples(guide);
        try (Server server = serve(System.getProperty("user.name"))) {
            expectLocal();
            writeLauncher(server.port());
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            var builder =
                    new ProcessBuilder("sh", "-c", String.join("\n", script))
                            .directory(folder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("QMK_"));
            builder.environment().put("HOME", folder.toString());
            Process shell = builder.start();
            boolean ended = shell.waitFor(240, TimeUnit.SECONDS);
            shell.destroyForcibly();

            assertTrue(ended && shell.waitFor() == 0, Files.readString(err));
            String printed = Files.readString(out);
            assertTrue(printed.startsWith("examples/ghz.qasm: 1024 shots"), printed);
            assertTrue(printed.contains("bits,count\n"), printed);
        }
        assertTrue(script.size() > 30, "the guide shows commands");
    }

    @Test
    void the_java_of_the_guide_compiles() throws IOException {
        Matcher block = JAVA.matcher(guide());
        assertTrue(block.find());
        String source =
                """
                import java.time.Duration;
                import java.util.Optional;
                import org.qmk.runtime.client.*;
                class Shown {
                    void run(String key, String text) throws Exception {
                """
                        + block.group(1)
                        + "}}";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var file =
                new SimpleJavaFileObject(
                        URI.create("string:///Shown.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var said = new StringWriter();
        List<String> options =
                List.of(
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"));

        boolean compiled = compiler.getTask(said, null, null, options, null, List.of(file)).call();

        assertEquals("true", String.valueOf(compiled), said.toString());
    }
}
