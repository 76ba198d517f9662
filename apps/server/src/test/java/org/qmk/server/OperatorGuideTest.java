package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the operator's guide and files to the program.
class OperatorGuideTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([^|]*?) ?\\| [^|]+ \\|$");

    private static Path root() {
        return Path.of(System.getProperty("qmk.root", "../..")).toAbsolutePath().normalize();
    }

    @Test
    void the_guide_has_every_setting_and_its_default() throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        var defaults = new Configuration.Document();
        for (Field field : Configuration.Document.class.getFields()) {
            Object value = field.get(defaults);
            boolean nothing = value instanceof Configuration.TlsDocument;
            settings.put(field.getName(), nothing ? "" : value.toString());
        }

        Map<String, String> documented = new LinkedHashMap<>();
        String guide = Files.readString(root().resolve("docs/guide/operator.md"));
        String section = guide.substring(guide.indexOf("## Settings"), guide.indexOf("## Watch"));
        for (Matcher row = ROW.matcher(section); row.find(); ) {
            documented.put(row.group(1), row.group(2).strip());
        }

        assertEquals(List.copyOf(settings.keySet()), List.copyOf(documented.keySet()));
        assertEquals(settings, documented);
    }

    @Test
    void systemd_takes_the_unit(@TempDir Path folder) throws IOException, InterruptedException {
        Path verifier = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(verifier), "systemd-analyze is not installed");
        // The command of the unit is where an operator installs it; here it is this checkout's.
        String unit = Files.readString(root().resolve("ops/qmk.service"));
        Path file = folder.resolve("qmk.service");
        Files.writeString(file, unit.replace("/opt/qmk/qmk", root().resolve("qmk").toString()));
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(verifier.toString(), "verify", "--man=no", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));

        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        assertTrue(text.lines().noneMatch(line -> line.contains("qmk.service")), text);
    }

    @Test
    void the_image_starts_the_server_as_the_launcher_does() throws IOException {
        String image = Files.readString(root().resolve("ops/Containerfile"));
        String launcher = Files.readString(root().resolve("qmk"));
        for (String flag :
                new String[] {
                    "-XX:+UseG1GC",
                    "-XX:MaxRAMPercentage=75",
                    "ALL-MODULE-PATH",
                    "--enable-native-access=org.xerial.sqlitejdbc,io.grpc.netty.shaded",
                    "qmk.cli/org.qmk.cli.Main"
                }) {
            assertTrue(image.contains(flag) && launcher.contains(flag), flag);
        }
    }
}
