package org.qmk.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.qmk.server.edge.Tls;

/// A certificate that the server signs itself, for trying out: nobody but its fingerprint vouches
/// for it.
final class SelfSigned {

    static final String KEYSTORE = "tls.p12";
    static final String PASSWORD = "tls.password";
    private static final String DAYS = "365";
    private static final int PASSWORD_BYTES = 24;

    private SelfSigned() {}

    /// The certificate in the folder, or a new one, which is then stored there.
    ///
    /// @param host by which clients call the server, beside localhost
    static Tls in(Path folder, String host, Optional<Path> clientCa) throws IOException {
        Path store = folder.resolve(KEYSTORE);
        Path password = folder.resolve(PASSWORD);
        if (!Files.exists(store)) make(store, password, host);
        return Tls.of(store, password, clientCa);
    }

    private static void make(Path store, Path password, String host) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(password);
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createFile(password, ownerOnly);
        Files.writeString(password, HexFormat.of().formatHex(secret));
        // keytool makes the file with the permissions of all files, so it is made in a folder
        // that nobody else may enter.
        Path hidden = Files.createTempDirectory(store.getParent(), "tls");
        Path part = hidden.resolve(KEYSTORE);
        try {
            keytool(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                            "-genkeypair",
                            "-alias",
                            "qmk",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            DAYS,
                            "-dname",
                            "CN=QMK server",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1" + alternative(host),
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            part.toString(),
                            "-storepass:file",
                            password.toString()));
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            Files.move(part, store, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
            Files.delete(hidden);
        }
    }

    private static String alternative(String host) {
        if (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("0.0.0.0")) {
            return "";
        }
        boolean address = host.contains(":") || host.matches("[0-9.]+");
        return (address ? ",ip:" : ",dns:") + host;
    }

    private static void keytool(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() == 0) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
        throw new IOException(
                "keytool made no certificate: " + new String(said, StandardCharsets.UTF_8).strip());
    }
}
