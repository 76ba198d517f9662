package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;
import org.qmk.wire.v1.JobsRequest;
import org.qmk.wire.v1.QSyscallGrpc;

/// TLS over loopback, with certificates that keytool makes.
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir private Path folder;

    private String keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void authority(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-keystore",
                store(name).toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                store(name).toString(),
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    /// A key whose certificate the authority signs.
    private Path signed(String name, String authority, String subject, String... validity)
            throws Exception {
        String request = folder.resolve(name + ".csr").toString();
        String chain = folder.resolve(name + ".crt").toString();
        String file = store(name).toString();
        keytool(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-keystore",
                file);
        keytool("-certreq", "-alias", "own", "-keystore", file, "-file", request);
        List<String> sign =
                new ArrayList<>(
                        List.of(
                                "-gencert",
                                "-rfc",
                                "-alias",
                                "ca",
                                "-keystore",
                                store(authority).toString(),
                                "-infile",
                                request,
                                "-outfile",
                                chain,
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1"));
        sign.addAll(List.of(validity));
        keytool(sign.toArray(String[]::new));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-keystore",
                file,
                "-file",
                folder.resolve(authority + ".pem").toString());
        keytool("-importcert", "-noprompt", "-alias", "own", "-keystore", file, "-file", chain);
        return store(name);
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyManager[] keys(Path file) throws Exception {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(file), PASSWORD.toCharArray());
        return new KeyManager[] {
            new Insistent((X509ExtendedKeyManager) factory.getKeyManagers()[0])
        };
    }

    /// Shows its certificate to everybody, also to a server that does not ask for one of that
    /// authority.
    private static final class Insistent extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager own;

        Insistent(X509ExtendedKeyManager own) {
            this.own = own;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return own.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return own.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.getPrivateKey(alias);
        }
    }

    private static TrustManager[] trust(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            var certificates = java.security.cert.CertificateFactory.getInstance("X.509");
            store.setCertificateEntry("ca", certificates.generateCertificate(in));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private Path pem(String authority) {
        return folder.resolve(authority + ".pem");
    }

    /// Asks for the tenant's jobs over HTTPS.
    private HttpResponse<String> https(
            RunningServer server, Path trusted, Optional<Path> own, String key) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.isPresent() ? keys(own.get()) : null, trust(trusted), null);
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:%d/rpc".formatted(server.server.port())))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        LineClient.request(1, "q_jobs", Map.of())));
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Status.Code grpc(RunningServer server, Path trusted, Optional<Path> own)
            throws Exception {
        var credentials = TlsChannelCredentials.newBuilder().trustManager(trust(trusted));
        if (own.isPresent()) credentials.keyManager(keys(own.get()));
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress(
                                "localhost", server.server.grpcPort(), credentials.build())
                        .build();
        try {
            var unused =
                    QSyscallGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(30, TimeUnit.SECONDS)
                            .jobs(JobsRequest.getDefaultInstance());
            assertEquals(0, unused.getJobsCount());
            return Status.Code.OK;
        } catch (StatusRuntimeException failed) {
            return failed.getStatus().getCode();
        } finally {
            channel.shutdownNow();
            assertTrue(channel.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    private String[] settings(Path keystore, String client) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        String clients = client.isEmpty() ? "" : ", client_ca: " + pem(client);
        return new String[] {
            "tls: {keystore: %s, password_file: %s%s}".formatted(keystore, password, clients)
        };
    }

    @Test
    void certificates_name_tenants_and_nothing_else_does() throws Exception {
        authority("ours");
        authority("other");
        Path own = signed("server", "ours", "CN=server");
        Path alice = signed("alice", "ours", "O=somewhere, CN=alice");
        Path nobody = signed("nobody", "ours", "CN=nobody");
        Path foreign = signed("foreign", "other", "CN=alice");
        Path old = signed("old", "ours", "CN=alice", "-startdate", "-20d", "-validity", "10");
        Files.createDirectory(folder.resolve("run"));
        try (var server = new RunningServer(folder.resolve("run"), settings(own, "ours"))) {
            createTenant(server, "alice");

            var good = https(server, pem("ours"), Optional.of(alice), "");
            assertEquals(200, good.statusCode());
            assertTrue(good.body().contains("\"result\""), good.body());
            assertEquals(Status.Code.OK, grpc(server, pem("ours"), Optional.of(alice)));

            var unknown = https(server, pem("ours"), Optional.of(nobody), "");
            assertEquals(401, unknown.statusCode());
            assertTrue(unknown.body().contains("QMK-AUTH-2"), unknown.body());
            assertEquals(
                    Status.Code.UNAUTHENTICATED, grpc(server, pem("ours"), Optional.of(nobody)));

            var none = https(server, pem("ours"), Optional.empty(), "");
            assertEquals(401, none.statusCode());
            assertTrue(none.body().contains("QMK-AUTH-1"), none.body());
            assertEquals(Status.Code.UNAUTHENTICATED, grpc(server, pem("ours"), Optional.empty()));

            // A key is what counts where one is sent.
            var key = https(server, pem("ours"), Optional.of(alice), server.admin);
            assertTrue(key.body().contains("QMK-SERVER-1"), key.body());

            // The server breaks off the handshake; the client may not say more than that.
            for (Path bad : List.of(foreign, old)) {
                assertThrows(
                        IOException.class,
                        () -> https(server, pem("ours"), Optional.of(bad), server.admin));
                assertEquals(Status.Code.UNAVAILABLE, grpc(server, pem("ours"), Optional.of(bad)));
            }

            // A client that does not trust the server says nothing to it.
            assertThrows(
                    javax.net.ssl.SSLHandshakeException.class,
                    () -> https(server, pem("other"), Optional.empty(), server.admin));
            assertEquals(Status.Code.UNAVAILABLE, grpc(server, pem("other"), Optional.empty()));
        }
    }

    private void createTenant(RunningServer server, String name) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(pem("ours")), null);
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://127.0.0.1:%d/rpc".formatted(server.server.port())))
                        .header("Authorization", "Bearer " + server.admin)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        LineClient.request(
                                                1, "q_tenant_create", Map.of("name", name))))
                        .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.body().contains("\"result\""), answer.body());
        }
    }

    @Test
    void a_certificate_that_expired_does_not_start_a_server() throws Exception {
        authority("ours");
        Path old = signed("server", "ours", "CN=server", "-startdate", "-20d", "-validity", "10");
        Files.createDirectory(folder.resolve("run"));

        var failed =
                assertThrows(
                        IOException.class,
                        () -> new RunningServer(folder.resolve("run"), settings(old, "")));

        assertTrue(failed.getMessage().contains("is not valid now"), failed.getMessage());
    }

    @Test
    void a_wrong_password_names_both_files() throws Exception {
        authority("ours");
        Path own = signed("server", "ours", "CN=server");
        String[] settings = settings(own, "");
        Files.writeString(folder.resolve("password"), "another\n");
        Files.createDirectory(folder.resolve("run"));

        var failed =
                assertThrows(
                        IOException.class,
                        () -> new RunningServer(folder.resolve("run"), settings));

        assertTrue(failed.getMessage().contains(own.toString()), failed.getMessage());
        assertTrue(failed.getMessage().contains("/password"), failed.getMessage());
    }

    @Test
    void a_server_signs_for_itself_and_keeps_its_certificate() throws Exception {
        String first;
        try (var server = new RunningServer(folder, "tls: self-signed")) {
            first = fingerprint(server);
            Path data = folder.resolve("data");
            String pem =
                    keytoolOf(
                            data,
                            "-exportcert",
                            "-rfc",
                            "-alias",
                            "qmk",
                            "-keystore",
                            data.resolve(SelfSigned.KEYSTORE).toString());
            Files.writeString(pem("self"), pem);
            var answer = https(server, pem("self"), Optional.empty(), server.admin);
            assertTrue(answer.body().contains("QMK-SERVER-1"), answer.body());
            assertEquals(
                    "rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve(SelfSigned.KEYSTORE))));
        }
        try (var server = new RunningServer(folder, "tls: self-signed")) {
            assertEquals(first, fingerprint(server));
        }
    }

    private String keytoolOf(Path data, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass:file", data.resolve(SelfSigned.PASSWORD).toString()));
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static String fingerprint(RunningServer server) {
        return server.said.stream()
                .filter(line -> line.contains("fingerprint"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void outside_of_loopback_there_is_no_server_without_tls() throws Exception {
        var wrong =
                assertThrows(
                        ServerStart.Refused.class,
                        () -> RunningServer.configuration(folder, "listen: 0.0.0.0:0"));
        assertInstanceOf(
                Configuration.class,
                RunningServer.configuration(folder, "listen: 0.0.0.0:0", "tls: self-signed"));

        assertEquals(ServerStart.Refused.Kind.WRONG, wrong.kind());
        assertTrue(wrong.getMessage().contains("that needs TLS"), wrong.getMessage());
    }

    @Test
    void check_reads_the_certificate() throws Exception {
        authority("ours");
        Path own = signed("server", "ours", "CN=server");
        RunningServer.configuration(folder, settings(own, ""));
        Files.delete(own);
        var options =
                new ServeOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve("qmk.yaml")),
                        true);

        var wrong =
                assertThrows(
                        ServerStart.Refused.class, () -> new ServeMain().serve(options, _ -> {}));

        assertTrue(wrong.getMessage().contains(own.toString()), wrong.getMessage());
    }
}
